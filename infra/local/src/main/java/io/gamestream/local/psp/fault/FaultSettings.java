package io.gamestream.local.psp.fault;

import java.util.List;

/**
 * Settings {@code local.psp.faults}: how often what goes wrong. Rates are probabilities from 0 to 1; times are milliseconds,
 * so that the plan is the same JSON over HTTP.
 *
 * @param transport of the connection
 * @param outcome of a payment
 * @param webhook of deliveries
 */
public record FaultSettings(Transport transport, Outcome outcome, Webhook webhook) {

    /**
     * Faults of the connection and of the provider's own software.
     *
     * @param latencyMinMs before an answer, at least
     * @param latencyMaxMs at most
     * @param rateLimited answered with 429
     * @param timeoutBefore no answer, and nothing was done
     * @param timeoutAfter no answer, and everything was done
     * @param slow carried out late, after {@code slowMs}
     * @param errorBefore 500, and nothing was done
     * @param errorAfter 500, and everything was done
     * @param stallBody everything was done; the answer's headers come, and half of its body
     * @param holdMs how long a connection without an answer, or the rest of one, stays open
     */
    public record Transport(
            long latencyMinMs,
            long latencyMaxMs,
            double rateLimited,
            double timeoutBefore,
            double timeoutAfter,
            double slow,
            double errorBefore,
            double errorAfter,
            double stallBody,
            long slowMs,
            long holdMs) {

        public Transport {
            if (latencyMinMs < 0 || latencyMaxMs < latencyMinMs) {
                throw new IllegalArgumentException("latency-min-ms, latency-max-ms: " + latencyMinMs + ", "
                        + latencyMaxMs + " (expected: 0 <= min <= max)");
            }
            notNegative("slow-ms", slowMs);
            notNegative("hold-ms", holdMs);
            rate("rate-limited", rateLimited);
            rate("timeout-before", timeoutBefore);
            rate("timeout-after", timeoutAfter);
            rate("slow", slow);
            rate("error-before", errorBefore);
            rate("error-after", errorAfter);
            rate("stall-body", stallBody);
            rate(
                    "the sum of all transport faults",
                    rateLimited + timeoutBefore + timeoutAfter + slow + errorBefore + errorAfter + stallBody);
        }
    }

    /**
     * What banks and customers do.
     *
     * @param declines of charges
     * @param declineCodes one of which is drawn
     * @param challenges 3-D Secure
     * @param challengesFailed of those
     * @param processing settles later
     * @param processingFailed of those
     * @param wrongAmounts less is captured than was asked for
     * @param disputes of captured charges
     * @param inquiries of those
     * @param disputesLost of disputes
     * @param refundsPending not done at once
     * @param refundsFailed in the end
     */
    public record Outcome(
            double declines,
            List<String> declineCodes,
            double challenges,
            double challengesFailed,
            double processing,
            double processingFailed,
            double wrongAmounts,
            double disputes,
            double inquiries,
            double disputesLost,
            double refundsPending,
            double refundsFailed) {

        public Outcome {
            declineCodes = List.copyOf(declineCodes);
            if (declines > 0 && declineCodes.isEmpty()) {
                throw new IllegalArgumentException("decline-codes: [] (expected: at least one, or declines = 0)");
            }
            rate("declines", declines);
            rate("challenges", challenges);
            rate("challenges-failed", challengesFailed);
            rate("processing", processing);
            rate("processing-failed", processingFailed);
            rate("wrong-amounts", wrongAmounts);
            rate("disputes", disputes);
            rate("inquiries", inquiries);
            rate("disputes-lost", disputesLost);
            rate("refunds-pending", refundsPending);
            rate("refunds-failed", refundsFailed);
        }
    }

    /**
     * What happens to deliveries.
     *
     * @param duplicated delivered twice
     * @param delayed delivered late, after up to {@code delayMs}
     * @param reordered swapped with others of the next {@code reorderMs}
     * @param lost never delivered
     * @param forged beside the proper delivery comes one whose body was changed
     */
    public record Webhook(
            double duplicated,
            double delayed,
            long delayMs,
            double reordered,
            long reorderMs,
            double lost,
            double forged) {

        public Webhook {
            rate("duplicated", duplicated);
            rate("delayed", delayed);
            rate("reordered", reordered);
            rate("lost", lost);
            rate("forged", forged);
            notNegative("delay-ms", delayMs);
            notNegative("reorder-ms", reorderMs);
        }
    }

    private static void rate(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to 1)");
        }
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }
}
