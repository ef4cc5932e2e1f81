package io.gamestream.payments.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.payments.intake.Request.Cancel;
import io.gamestream.payments.intake.Request.Capture;
import io.gamestream.payments.intake.Request.Place;
import io.gamestream.payments.intake.Request.Refund;
import io.gamestream.payments.intake.Request.Wanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads requests from JSON. Whatever isn't known here is refused: a misspelt field that is ignored costs somebody money. */
final class Bodies {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern CARD_NUMBER = Pattern.compile("[0-9 -]{12,}");
    private static final int MAX_TEXT = 200;
    private static final Set<String> REASONS = Set.of("duplicate", "fraudulent", "requested_by_customer");

    private final int maxLines;
    private final int maxQuantity;

    Bodies(int maxLines, int maxQuantity) {
        this.maxLines = maxLines;
        this.maxQuantity = maxQuantity;
    }

    Place place(JsonNode body) {
        only(body, Set.of("userId", "lines", "currency", "paymentMethod", "capture", "presence"));
        String currency = text(body, "currency");
        if (currency != null && !CURRENCY.matcher(currency).matches()) {
            throw Refusals.field("currency", currency + " (expected: ISO 4217 in capitals, such as EUR)");
        }
        String method = text(body, "paymentMethod");
        if (method != null && CARD_NUMBER.matcher(method).matches()) {
            // Not repeated in the answer or in any log.
            throw Refusals.field(
                    "paymentMethod", "looks like a card number (expected: the PSP's token of a payment method)");
        }
        return new Place(
                required(body, "userId"),
                lines(body.path("lines")),
                currency,
                method,
                "MANUAL".equals(oneOf(body, "capture", Set.of("AUTOMATIC", "MANUAL"))),
                "OFF_SESSION".equals(oneOf(body, "presence", Set.of("INTERACTIVE", "OFF_SESSION"))));
    }

    Refund refund(String orderId, JsonNode body) {
        id(orderId);
        only(body, Set.of("gameIds", "amountMinor", "reason"));
        JsonNode amount = body.path("amountMinor");
        List<String> games = games(body);
        if (!amount.isMissingNode() && !amount.isNull()) {
            if (!amount.isIntegralNumber() || !amount.canConvertToLong() || amount.longValue() < 1) {
                throw Refusals.field("amountMinor", amount + " (expected: a whole number of minor units, 1 or more)");
            }
            if (!games.isEmpty()) {
                throw Refusals.field("amountMinor", "beside gameIds (expected: one of the two)");
            }
            return new Refund(orderId, games, amount.longValue(), oneOf(body, "reason", REASONS));
        }
        return new Refund(orderId, games, null, oneOf(body, "reason", REASONS));
    }

    Cancel cancel(String orderId, JsonNode body) {
        id(orderId);
        only(body, Set.of("reason"));
        return new Cancel(
                orderId,
                oneOf(body, "reason", Set.of("duplicate", "fraudulent", "requested_by_customer", "abandoned")));
    }

    Capture capture(String orderId, JsonNode body) {
        id(orderId);
        only(body, Set.of("gameIds"));
        return new Capture(orderId, games(body));
    }

    private List<Wanted> lines(JsonNode lines) {
        if (!lines.isArray() || lines.isEmpty() || lines.size() > maxLines) {
            throw Refusals.field("lines", "(expected: 1 to " + maxLines + " of {gameId, quantity})");
        }
        List<Wanted> wanted = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode line : lines) {
            only(line, Set.of("gameId", "quantity"));
            String game = required(line, "gameId");
            if (!seen.add(game)) {
                throw Refusals.field("lines", "game " + game + " twice (expected: each once, with its quantity)");
            }
            JsonNode quantity = line.path("quantity");
            boolean given = !quantity.isMissingNode();
            if (given
                    && (!quantity.isIntegralNumber()
                            || !quantity.canConvertToInt()
                            || quantity.intValue() < 1
                            || quantity.intValue() > maxQuantity)) {
                throw Refusals.field(
                        "quantity", quantity + " of game " + game + " (expected: 1 to " + maxQuantity + ")");
            }
            wanted.add(new Wanted(game, given ? quantity.intValue() : 1));
        }
        return wanted;
    }

    private List<String> games(JsonNode body) {
        JsonNode games = body.path("gameIds");
        List<String> ids = new ArrayList<>();
        if (games.isMissingNode() || games.isNull()) {
            return ids;
        }
        if (games.size() > maxLines) {
            throw Refusals.field("gameIds", "(expected: at most " + maxLines + ", as an order has)");
        }
        for (JsonNode game : games) {
            if (!game.isTextual() || !isText(game.asText()) || ids.contains(game.asText())) {
                throw Refusals.field("gameIds", game + " (expected: ids of games, each once)");
            }
            ids.add(game.asText());
        }
        if (!games.isArray() || ids.isEmpty()) {
            throw Refusals.field("gameIds", "(expected: ids of games, or no such field for all of them)");
        }
        return ids;
    }

    private static void only(JsonNode body, Set<String> known) {
        if (!body.isObject()) {
            throw Refusals.field("body", "(expected: a JSON object)");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Refusals.field(
                        name, "unknown (known here: " + known.stream().sorted().toList() + ")");
            }
        });
    }

    private static String required(JsonNode body, String field) {
        String value = text(body, field);
        if (value == null) {
            throw Refusals.field(field, "missing (expected: text)");
        }
        return value;
    }

    private static @Nullable String oneOf(JsonNode body, String field, Set<String> words) {
        String value = text(body, field);
        if (value != null && !words.contains(value)) {
            throw Refusals.field(
                    field,
                    value + " (expected: one of " + words.stream().sorted().toList() + ")");
        }
        return value;
    }

    private static @Nullable String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || !isText(value.asText())) {
            throw Refusals.field(field, "(expected: text of 1 to " + MAX_TEXT + " characters, none of them a control)");
        }
        return value.asText();
    }

    /** Of the path, where the escapes of an URL may stand for any character. */
    private static void id(String orderId) {
        if (!isText(orderId)) {
            throw Refusals.field("id", "(expected: the id of an order)");
        }
    }

    /** Postgres takes no NUL and no half of a surrogate pair; other controls only mislead whoever reads a log. */
    private static boolean isText(String text) {
        return !text.isBlank()
                && text.length() <= MAX_TEXT
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
