package io.gamestream.payments.intake;

import io.gamestream.payments.intake.Request.Place;
import io.gamestream.payments.intake.Request.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an order costs: by the catalogue, whatever the client thinks. Pure. */
final class OrderRules {

    private OrderRules() {}

    /** A game as the catalogue has it. */
    record CatalogueGame(String id, long priceMinor, String currency, boolean active) {}

    /** A line at its price. */
    record Line(String gameId, int quantity, long unitPriceMinor) {}

    /** An order at its price. */
    record Priced(List<Line> lines, long totalMinor, String currency) {

        Priced {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Prices an order.
     *
     * @param catalogue the games that are wanted, as far as there are such
     * @throws io.gamestream.runtime.http.ProblemException for games that can't be bought, or not together
     */
    static Priced price(Place place, Map<String, CatalogueGame> catalogue) {
        List<Line> lines = new ArrayList<>();
        String currency = null;
        long total = 0;
        for (Wanted wanted : place.lines()) {
            CatalogueGame game = catalogue.get(wanted.gameId());
            if (game == null) {
                throw Refusals.unprocessable(
                        "unknown-game", "A game is not in the catalogue", "There is no game " + wanted.gameId() + ".");
            }
            if (!game.active()) {
                throw Refusals.unprocessable(
                        "withdrawn-game", "A game is not for sale", "Game " + game.id() + " was withdrawn.");
            }
            if (currency != null && !currency.equals(game.currency())) {
                throw Refusals.unprocessable(
                        "mixed-currencies",
                        "An order is in one currency",
                        "Game " + game.id() + " is sold in " + game.currency() + ", others of the order in " + currency
                                + ". Place an order for each.");
            }
            currency = game.currency();
            total = Math.addExact(total, Math.multiplyExact(game.priceMinor(), wanted.quantity()));
            lines.add(new Line(game.id(), wanted.quantity(), game.priceMinor()));
        }
        if (currency == null) {
            throw Refusals.field("lines", "(expected: at least one)");
        }
        if (place.currency() != null && !place.currency().equals(currency)) {
            throw Refusals.unprocessable(
                    "foreign-currency",
                    "The games are not sold in that currency",
                    "currency: " + place.currency() + " (expected: " + currency + ")");
        }
        if (total > 0 && place.paymentMethod() == null) {
            throw Refusals.field("paymentMethod", "missing (expected: the PSP's token, since the order isn't free)");
        }
        return new Priced(lines, total, currency);
    }
}
