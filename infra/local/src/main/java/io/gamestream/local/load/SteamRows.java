package io.gamestream.local.load;

import io.gamestream.local.load.SteamDataSet.SteamGame;
import io.gamestream.local.load.SteamDataSet.SteamPlay;
import io.gamestream.local.load.SteamDataSet.SteamPurchase;
import io.gamestream.local.load.SteamDataSet.SteamUser;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.identity.Tier;
import io.gamestream.schemas.payments.OrderStatus;
import io.gamestream.schemas.sessions.Play;
import java.time.Instant;
import java.util.List;

/**
 * What the data set becomes. A pure function of its files: each run makes the same ids, prices and times.
 *
 * <p>Ids of users and games are the numbers of the data set's own tables (New_ID, Game_ID), so that a count over a file and
 * an answer of the API can be compared directly. What the data set doesn't have stays empty (genres, descriptions,
 * countries), apart from what a row must have: prices are invented, and times only keep the order of the files.
 */
final class SteamRows {

    /** The data was taken from Steam in 2017 or before and tells no times; line n is n seconds later. */
    static final Instant FIRST_PURCHASE = Instant.parse("2017-01-01T00:00:00Z");

    /** After the last purchase. */
    static final Instant FIRST_PLAY = Instant.parse("2017-02-01T00:00:00Z");

    /** Of orders and plays; no other source of either uses it. */
    static final String ID_PREFIX = "steam-";

    private static final String CURRENCY = "EUR";

    private SteamRows() {}

    static UserRow user(SteamUser user) {
        return new UserRow(id(user.id()), "steam-" + user.realId(), null, null, Tier.FREE, null, FIRST_PURCHASE);
    }

    static GameRow game(SteamGame game) {
        return new GameRow(
                id(game.id()),
                game.title(),
                null,
                null,
                null,
                List.of(),
                SteamPrices.minor(game.id()),
                CURRENCY,
                null,
                null,
                GpuClass.STANDARD,
                FIRST_PURCHASE);
    }

    static OrderRow order(SteamPurchase purchase) {
        return new OrderRow(
                occurrenceId(purchase.user(), purchase.game(), purchase.occurrence()),
                id(purchase.user()),
                OrderStatus.PAID,
                List.of(new OrderRow.Line(id(purchase.game()), 1, SteamPrices.minor(purchase.game()))),
                CURRENCY,
                FIRST_PURCHASE.plusSeconds(purchase.line()));
    }

    static Play play(SteamPlay play) {
        return new Play(
                occurrenceId(play.user(), play.game(), play.occurrence()),
                id(play.user()),
                id(play.game()),
                play.seconds(),
                FIRST_PLAY.plusSeconds(play.line()));
    }

    private static String id(int number) {
        return Integer.toString(number);
    }

    private static String occurrenceId(int user, int game, int occurrence) {
        String id = ID_PREFIX + user + "-" + game;
        return occurrence == 1 ? id : id + "-" + occurrence;
    }
}
