package io.gamestream.local.psp.fault;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A fault on demand, for the next requests or deliveries that match.
 *
 * @param operation {@code create}, {@code confirm}, {@code capture}, {@code cancel}, {@code refund}, {@code update},
 *     {@code close-dispute}, {@code any} of these, {@code read} or {@code webhook}
 * @param match a part of the idempotency key (of a read: of its path and query, of a webhook: of the event's type); empty
 *     matches all
 * @param fault {@code none}, a {@link TransportFault} by its label, {@code decline:CODE}, {@code challenge}, {@code
 *     challenge-fails}, {@code processing}, {@code processing-fails}, {@code wrong-amount}, {@code dispute}, {@code
 *     dispute-lost}, {@code inquiry}, {@code refund-pending}, {@code refund-fails}; of a webhook {@code lost}, {@code
 *     duplicate}, {@code delay}, {@code forge}
 * @param times how often
 */
public record Script(String operation, String match, String fault, int times) {

    /** Every GET. */
    public static final String READ = "read";

    private static final Set<String> OPERATIONS = Set.of(
            "create", "update", "confirm", "capture", "cancel", "refund", "close-dispute", "webhook", READ, "any");
    private static final Pattern DECLINE = Pattern.compile("decline:[a-z_]+");
    private static final Set<String> OUTCOMES = Set.of(
            "challenge",
            "challenge-fails",
            "processing",
            "processing-fails",
            "wrong-amount",
            "dispute",
            "dispute-lost",
            "inquiry",
            "refund-pending",
            "refund-fails");
    private static final Set<String> WEBHOOK = Set.of("none", "lost", "duplicate", "delay", "forge");

    public Script {
        if (!OPERATIONS.contains(operation)) {
            throw new IllegalArgumentException("operation: " + operation + " (expected: one of " + OPERATIONS + ")");
        }
        boolean known =
                switch (operation) {
                    case "webhook" -> WEBHOOK.contains(fault);
                    case READ -> isTransport(fault);
                    default ->
                        isTransport(fault)
                                || OUTCOMES.contains(fault)
                                || DECLINE.matcher(fault).matches();
                };
        if (!known) {
            String expected =
                    switch (operation) {
                        case "webhook" -> "one of " + WEBHOOK;
                        case READ -> "none or a transport fault";
                        default -> "none, decline:CODE, a transport fault or one of " + OUTCOMES;
                    };
            throw new IllegalArgumentException(
                    "fault: " + fault + " of " + operation + " (expected: " + expected + ")");
        }
        if (times < 1) {
            throw new IllegalArgumentException("times: " + times + " (expected: >= 1)");
        }
    }

    static boolean isTransport(String fault) {
        for (TransportFault one : TransportFault.values()) {
            if (one.label().equals(fault)) {
                return true;
            }
        }
        return false;
    }

    boolean matches(String op, String subject) {
        boolean mine = operation.equals(op) || ("any".equals(operation) && !"webhook".equals(op) && !READ.equals(op));
        return mine && subject.contains(match);
    }
}
