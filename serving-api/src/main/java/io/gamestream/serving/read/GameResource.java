package io.gamestream.serving.read;

import io.gamestream.serving.view.Entry;
import io.gamestream.serving.view.View;
import io.gamestream.serving.view.ViewRegistry;
import io.gamestream.serving.view.ViewTable;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A game with its sales. The sales have an {@code asOf} of their own: they are counted by another topology, and a game's price
 * must not look old because that one rests.
 */
final class GameResource implements Resource {

    private static final byte[] SALES = ",\"sales\":".getBytes(StandardCharsets.US_ASCII);

    private final ViewRegistry registry;

    GameResource(ViewRegistry registry) {
        this.registry = registry;
    }

    @Override
    public View view() {
        return View.GAMES;
    }

    @Override
    public @Nullable Found find(ItemKey key) {
        byte[] game = registry.tableOf(View.GAMES, key.hash()).find(key.bytes(), key.hash());
        if (game == null) {
            return null;
        }
        ViewTable salesTable = registry.tableOf(View.SALES, key.hash());
        byte[] sales = salesTable.find(key.bytes(), key.hash());
        if (sales == null) {
            return new Found(
                    ETags.of(Entry.version(game)), asOf -> Bodies.of(asOf, game, Entry.bodyAt(game), game.length));
        }
        return new Found(
                // What is sold through the saga changes sales without a newer change of the database.
                ETags.of(Entry.version(game), Integer.toUnsignedLong(Entry.bodyHash(sales))),
                asOf -> join(asOf, game, sales, salesTable.asOfMillis()));
    }

    /** The game's members, its closing brace moved behind the sales. */
    private static Buffer join(long asOf, byte[] game, byte[] sales, long salesAsOf) {
        int gameAt = Entry.bodyAt(game);
        int gameLength = game.length - gameAt - 1;
        int salesAt = Entry.bodyAt(sales);
        int salesLength = sales.length - salesAt;
        byte[] body = new byte
                [Bodies.headLength(asOf) + gameLength + SALES.length + Bodies.headLength(salesAsOf) + salesLength + 1];
        int at = Bodies.head(asOf, body, 0);
        System.arraycopy(game, gameAt, body, at, gameLength);
        at += gameLength;
        System.arraycopy(SALES, 0, body, at, SALES.length);
        at = Bodies.head(salesAsOf, body, at + SALES.length);
        System.arraycopy(sales, salesAt, body, at, salesLength);
        body[at + salesLength] = '}';
        return Buffer.buffer(body);
    }
}
