package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.local.stack.FreeGames;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GpuClass;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The catalogue, as the gate reads it: what players of the world want, and one game that runs in one cell only. */
final class Games {

    static final int COUNT = 20;

    /** Needs what only the party's cell has. */
    static final String PARTY_GAME = "g-party";

    private static final int BETTER_EVERY = 4;

    private Games() {}

    static void publish(Stage stage) {
        List<Game> games = new ArrayList<>();
        for (int i = 1; i <= COUNT; i++) {
            games.add(FreeGames.of("g-" + i, i % BETTER_EVERY == 0 ? GpuClass.PERFORMANCE : GpuClass.STANDARD));
        }
        games.add(FreeGames.of(PARTY_GAME, GpuClass.ULTRA));
        try {
            FreeGames.publish(stage.kafka(), stage.registry(), games.toArray(Game[]::new));
        } catch (ExecutionException e) {
            throw new ChaosException("the games could not be written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted", e);
        }
    }
}
