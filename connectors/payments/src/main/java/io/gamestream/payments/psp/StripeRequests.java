package io.gamestream.payments.psp;

import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.PspCommand;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commands as Stripe's requests. The same command gives the same bytes each time, or the provider would refuse its key. Pure.
 */
public final class StripeRequests {

    /** Metadata that leads back from the provider's objects to ours. */
    public static final String ORDER_ID = "order_id";

    public static final String OPERATION_ID = "operation_id";

    private StripeRequests() {}

    /**
     * A POST.
     *
     * @param path below the base URL
     * @param form the body
     */
    public record Post(String path, String form) {}

    /**
     * The request that a command is.
     *
     * @throws IllegalArgumentException for a command that lacks something, or an amount that the provider can't take
     */
    public static Post post(PspCommand command) {
        return switch (command.getKind()) {
            case CREATE -> create(command);
            case CONFIRM -> confirm(command);
            case CAPTURE -> capture(command);
            case CANCEL -> cancel(command);
            case REFUND -> refund(command);
            case SYNC, UNKNOWN ->
                throw new IllegalArgumentException(
                        "kind: " + command.getKind() + " of " + command.getOperationId() + " (expected: a write)");
        };
    }

    private static Post create(PspCommand command) {
        String currency = required("currency", command.getCurrency(), command);
        Map<String, String> form = new TreeMap<>();
        form.put("amount", amount(command, currency));
        form.put("currency", currency.toLowerCase(Locale.ROOT));
        putFee(form);
        form.put("capture_method", command.getCaptureMode() == CaptureMode.MANUAL ? "manual" : "automatic");
        form.put("confirm", "true");
        form.put("payment_method", required("paymentMethod", command.getPaymentMethod(), command));
        form.put("payment_method_types[]", "card");
        putMetadata(form, command);
        putPresence(form, command);
        return new Post("/v1/payment_intents", encode(form));
    }

    private static Post confirm(PspCommand command) {
        Map<String, String> form = new TreeMap<>();
        if (command.getPaymentMethod() != null) {
            form.put("payment_method", command.getPaymentMethod());
        }
        putPresence(form, command);
        putFee(form);
        return new Post(intent(command) + "/confirm", encode(form));
    }

    private static Post capture(PspCommand command) {
        Map<String, String> form = new TreeMap<>();
        if (command.getAmountMinor() != null) {
            form.put("amount_to_capture", amount(command, required("currency", command.getCurrency(), command)));
        }
        putFee(form);
        return new Post(intent(command) + "/capture", encode(form));
    }

    private static Post cancel(PspCommand command) {
        Map<String, String> form = new TreeMap<>();
        if (command.getReason() != null) {
            form.put("cancellation_reason", command.getReason());
        }
        return new Post(intent(command) + "/cancel", encode(form));
    }

    private static Post refund(PspCommand command) {
        Map<String, String> form = new TreeMap<>();
        form.put("payment_intent", required("intentId", command.getIntentId(), command));
        if (command.getAmountMinor() != null) {
            form.put("amount", amount(command, required("currency", command.getCurrency(), command)));
        }
        if (command.getReason() != null) {
            form.put("reason", command.getReason());
        }
        putMetadata(form, command);
        return new Post("/v1/refunds", encode(form));
    }

    private static String intent(PspCommand command) {
        return intentPath(required("intentId", command.getIntentId(), command));
    }

    static String intentPath(String intentId) {
        return "/v1/payment_intents/" + escape(intentId);
    }

    private static String amount(PspCommand command, String currency) {
        Long amount = command.getAmountMinor();
        if (amount == null) {
            throw new IllegalArgumentException("amountMinor of " + command.getOperationId() + " is missing");
        }
        return Long.toString(StripeAmounts.toStripe(amount, currency));
    }

    private static void putMetadata(Map<String, String> form, PspCommand command) {
        form.put("metadata[" + ORDER_ID + "]", command.getOrderId());
        form.put("metadata[" + OPERATION_ID + "]", command.getOperationId());
    }

    /** The charge with what was booked for it, so that the provider's fee is known without asking for it. */
    private static void putFee(Map<String, String> form) {
        form.put("expand[]", "latest_charge.balance_transaction");
    }

    private static void putPresence(Map<String, String> form, PspCommand command) {
        if (command.getPresence() == CustomerPresence.OFF_SESSION) {
            form.put("off_session", "true");
        }
    }

    private static String required(String name, @Nullable String value, PspCommand command) {
        if (value == null) {
            throw new IllegalArgumentException(name + " of " + command.getOperationId() + " is missing");
        }
        return value;
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> escape(entry.getKey()) + "=" + escape(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
