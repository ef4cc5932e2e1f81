package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.Waiting;
import io.gamestream.local.sessions.SessionWorld;
import io.gamestream.local.sessions.SessionWorld.Unrest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until nobody plays, waits or is broken any more. */
final class Quiet {

    /** Longer than any step from one record to the next. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int NAMED = 10;
    private static final long PATIENCE_S = 5;

    private final SessionWorld world;
    private final Watch watch;

    Quiet(SessionWorld world, Watch watch) {
        this.world = world;
        this.watch = watch;
    }

    /** What was still going on when the time was over; empty where all is quiet. */
    List<String> await(Duration within) throws InterruptedException {
        return Waiting.until(within, LOOK_EVERY, () -> busy().isEmpty()) ? List.of() : busy();
    }

    private List<String> busy() {
        List<String> busy = new ArrayList<>();
        Unrest unrest = unrest();
        if (unrest.players() > 0) {
            busy.add(unrest.players() + " players are there");
        }
        if (unrest.hosts() > 0) {
            busy.add(unrest.hosts() + " hosts are in trouble");
        }
        if (watch.quietFor().compareTo(SILENCE) < 0) {
            busy.add("records are still coming");
        }
        busy.addAll(watch.open());
        return busy.subList(0, Math.min(NAMED, busy.size()));
    }

    private Unrest unrest() {
        try {
            return world.unrest().get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ChaosException("the world does not answer", e);
        }
    }
}
