package io.gamestream.payments.psp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fields of Stripe's objects, no larger than our records can hold. Pure. */
public final class StripeFields {

    /** Of words for people and of codes: what is longer is cut. An id is refused, since half of it is another one. */
    static final int MOST_TEXT = 1_000;

    /** The year 2200. Our records count microseconds, and end long before what an instant can hold. */
    private static final long MOST_SECONDS =
            Instant.parse("2200-01-01T00:00:00Z").getEpochSecond();

    /** More than any payment or payout has, and little enough that a sum of them can be held. */
    private static final long MOST_AMOUNT = 1_000_000_000_000_000L;

    private StripeFields() {}

    /** A text, cut where it is long; null where it is none. */
    static @Nullable String text(JsonNode node, String field) {
        return cut(node.path(field).textValue());
    }

    static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
    }

    /**
     * An object's own id.
     *
     * @throws IllegalArgumentException where there is none
     */
    static String id(JsonNode node) {
        String id = idOf(node);
        if (id == null) {
            throw new IllegalArgumentException("id: none (expected: a text)");
        }
        return id;
    }

    /**
     * Of an object or of its id alone; null where it is neither.
     *
     * @throws IllegalArgumentException for one that is empty, or longer than any
     */
    static @Nullable String idOf(JsonNode node) {
        String id = node.isObject() ? node.path("id").textValue() : node.textValue();
        if (id != null && (id.isBlank() || id.length() > MOST_TEXT)) {
            throw new IllegalArgumentException(
                    "id: " + id.length() + " characters (expected: 1 to " + MOST_TEXT + ", and not blank)");
        }
        return id;
    }

    /**
     * An amount that has to be there, in ISO minor units.
     *
     * @throws IllegalArgumentException where it is no whole number, or a vast one, or in a currency that we can't count
     */
    static long amount(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() > MOST_AMOUNT
                || value.longValue() < -MOST_AMOUNT) {
            throw new IllegalArgumentException(
                    field + ": " + cut(value.asText()) + " (expected: a whole number of " + MOST_AMOUNT + " at most)");
        }
        return StripeAmounts.toIso(value.longValue(), node.path("currency").asText());
    }

    /** An amount that may be left out, in ISO minor units; null then. As above otherwise. */
    static @Nullable Long optionalAmount(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? null : Long.valueOf(amount(node, field));
    }

    /**
     * When an object was created; null where it doesn't say.
     *
     * @throws IllegalArgumentException for a moment that no clock of the PSP shows
     */
    public static @Nullable Instant created(JsonNode node) {
        JsonNode value = node.path("created");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() >= MOST_SECONDS) {
            throw new IllegalArgumentException(
                    "created: " + cut(value.asText()) + " (expected: seconds between 1970 and 2200)");
        }
        return Instant.ofEpochSecond(value.longValue());
    }
}
