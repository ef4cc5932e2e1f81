package io.gamestream.schemas;

import io.gamestream.schemas.TopicSpec.Cleanup;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.cdc.Position;
import io.gamestream.schemas.dlq.ReplayNote;
import io.gamestream.schemas.identity.User;
import io.gamestream.schemas.load.LoadProgress;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.schemas.views.UserView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Every topic of the product. Topics are created from here; docs and ACLs are generated from here. */
public final class TopicCatalogue {

    /** Enough for a consumer group of four on one broker; a larger cluster decides before its first start. */
    static final int PARTITIONS = 4;

    // The capture reads what it has written: keys that a table has no more get tombstones.
    public static final TopicSpec USERS = compacted(
                    "identity.users.v1", "user id", User.getClassSchema(), "cdc", "Rows of identity.users")
            .readBy("cdc", "catalog");
    public static final TopicSpec GAMES = compacted(
                    "catalog.games.v1", "game id", Game.getClassSchema(), "cdc", "Rows of catalog.games")
            .readBy("cdc", "catalog");
    public static final TopicSpec ORDERS = compacted(
                    "payments.orders.v1", "order id", Order.getClassSchema(), "cdc", "Rows of payments.orders")
            .readBy("cdc", "catalog");
    public static final TopicSpec PLAYS = new TopicSpec(
            "sessions.plays.v1",
            "user id",
            Play.getClassSchema(),
            PARTITIONS,
            Cleanup.DELETE,
            null,
            "sessions",
            "Every play that has ended");

    /** One partition: whoever waits for a position reads one log. */
    public static final TopicSpec POSITIONS = new TopicSpec(
                    "cdc.positions.v1",
                    "replication slot",
                    Position.getClassSchema(),
                    1,
                    Cleanup.COMPACT,
                    null,
                    "cdc",
                    "How far change data capture is, in the same transactions as its rows")
            .readBy("cdc", "serving-api");

    /** Compacted and kept for ever: a load that is run again after a year still knows that it is done. */
    public static final TopicSpec LOAD_PROGRESS = new TopicSpec(
                    "load.progress.v1",
                    "name of the load",
                    LoadProgress.getClassSchema(),
                    1,
                    Cleanup.COMPACT,
                    null,
                    "load",
                    "How far each import is, in the same transactions as its records")
            .readBy("load");

    public static final TopicSpec USER_VIEW = compacted(
                    "views.users.v1", "user id", UserView.getClassSchema(), "catalog", "Users as readers see them")
            .readBy("serving-api");
    public static final TopicSpec GAME_VIEW = compacted(
                    "views.games.v1", "game id", GameView.getClassSchema(), "catalog", "Games as readers see them")
            .readBy("serving-api");
    public static final TopicSpec ORDER_VIEW = compacted(
                    "views.orders.v1", "order id", OrderView.getClassSchema(), "catalog", "Orders as readers see them")
            .readBy("serving-api");
    public static final TopicSpec LIBRARY_VIEW = compacted(
                    "views.library.v1",
                    "user id",
                    LibraryView.getClassSchema(),
                    "catalog",
                    "The games that each user owns")
            .readBy("serving-api");
    public static final TopicSpec SALES_VIEW = compacted(
                    "views.sales.v1", "game id", SalesView.getClassSchema(), "catalog", "Sales of each game, exact")
            .readBy("serving-api");

    public static final TopicSpec CDC_DEAD_LETTERS =
            deadLetters("cdc.dead-letters.v1", "cdc", "Changes that could not be mapped, as they came");
    public static final TopicSpec CATALOG_DEAD_LETTERS =
            deadLetters("catalog.dead-letters.v1", "catalog", "Records that the catalog topology could not process");
    public static final TopicSpec SERVING_DEAD_LETTERS =
            deadLetters("serving.dead-letters.v1", "serving-api", "View records that the serving API could not read");

    public static final TopicSpec PAYMENTS_DEAD_LETTERS =
            deadLetters("payments.dead-letters.v1", "payments", "Records that the payment topology could not read");

    public static final TopicSpec SESSIONS_DEAD_LETTERS = deadLetters(
            "sessions.dead-letters.v1", "sessions", "Records that the session topologies could not process");

    /** One partition, kept for ever: whoever replays first reads all of it. */
    public static final TopicSpec DLQ_REPLAYS = new TopicSpec(
                    "dlq.replays.v1",
                    "dead letter id",
                    ReplayNote.getClassSchema(),
                    1,
                    Cleanup.COMPACT,
                    null,
                    "dlq",
                    "Which dead letters were replayed, in the same transactions as the records themselves")
            .readBy("dlq");

    private static final List<TopicSpec> ALL = Stream.of(foundation(), PaymentTopics.ALL, SessionTopics.ALL)
            .flatMap(List::stream)
            .toList();

    private TopicCatalogue() {}

    private static List<TopicSpec> foundation() {
        return List.of(
                USERS,
                GAMES,
                ORDERS,
                PLAYS,
                POSITIONS,
                LOAD_PROGRESS,
                USER_VIEW,
                GAME_VIEW,
                ORDER_VIEW,
                LIBRARY_VIEW,
                SALES_VIEW,
                CDC_DEAD_LETTERS,
                CATALOG_DEAD_LETTERS,
                SERVING_DEAD_LETTERS,
                PAYMENTS_DEAD_LETTERS,
                SESSIONS_DEAD_LETTERS,
                DLQ_REPLAYS);
    }

    /** The topics of dead letters: records as they came. */
    public static List<TopicSpec> deadLetters() {
        return ALL.stream().filter(topic -> topic.schema() == null).toList();
    }

    /** In the order of declaration. */
    public static List<TopicSpec> all() {
        return ALL;
    }

    public static Optional<TopicSpec> find(String name) {
        return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    private static TopicSpec compacted(String name, String key, Schema schema, String owner, String meaning) {
        return new TopicSpec(name, key, schema, PARTITIONS, Cleanup.COMPACT, null, owner, meaning);
    }

    private static TopicSpec deadLetters(String name, String owner, String meaning) {
        return new TopicSpec(name, "as it came", null, 1, Cleanup.DELETE, Duration.ofDays(30), owner, meaning);
    }
}
