package io.gamestream.payments.admin;

import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dead letter as operators see it. */
final class LetterJson {

    private LetterJson() {}

    static Map<String, Object> of(ParkedOrder letter) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("deadLetterId", letter.getDeadLetterId());
        json.put("orderId", letter.getOrderId());
        json.put("status", letter.getStatus().name());
        json.put("cause", letter.getCause().name());
        json.put("message", letter.getMessage());
        json.put("whatToDo", letter.getWhatToDo());
        json.put("replayable", letter.getReplayable());
        json.put("history", letter.getHistory());
        if (letter.getState() != null) {
            json.put("order", order(letter.getState()));
        }
        putIfThere(json, "resolvedBy", letter.getResolvedBy());
        json.put("parkedAt", letter.getParkedAt());
        json.put("updatedAt", letter.getUpdatedAt());
        return json;
    }

    private static Map<String, Object> order(PaymentView view) {
        Map<String, Object> json = new LinkedHashMap<>();
        putIfThere(json, "userId", view.getUserId());
        json.put("status", view.getStatus().name());
        json.put("paymentStatus", view.getPaymentStatus());
        json.put("outcomeKnown", view.getOutcomeKnown());
        json.put("total", money(view.getTotalMinor(), view));
        json.put("captured", money(view.getCapturedMinor(), view));
        json.put("refunded", money(view.getRefundedMinor(), view));
        putIfThere(json, "intentId", view.getIntentId());
        json.put("journalSeq", view.getSeq());
        return json;
    }

    private static Map<String, Object> money(long amountMinor, PaymentView view) {
        return Map.of("amountMinor", amountMinor, "currency", view.getCurrency());
    }

    private static void putIfThere(Map<String, Object> json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
