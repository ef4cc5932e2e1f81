package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.sessions.plan.Act;
import io.gamestream.chaos.sessions.plan.Plan;
import io.gamestream.chaos.sessions.plan.Plan.Planned;
import io.gamestream.local.sessions.HostFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Carries the acts of both lanes out, each at its time or as soon as the one before is over. */
final class Actor {

    private final ProcessActs processes;
    private final WorldActs world;
    private final RunListener listener;

    Actor(ProcessActs processes, WorldActs world, RunListener listener) {
        this.processes = processes;
        this.world = world;
        this.listener = listener;
    }

    /**
     * Returns when all acts are over.
     *
     * @param begun ms, {@link HostFleet#now}
     */
    void perform(Plan plan, long begun) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Act.Lane.values().length);
        List<Future<?>> lanes = new ArrayList<>();
        for (Act.Lane lane : Act.Lane.values()) {
            lanes.add(threads.submit(() -> {
                for (Planned planned : plan.acts()) {
                    if (planned.act().lane() == lane) {
                        perform(planned, begun);
                    }
                }
                return null;
            }));
        }
        threads.shutdown();
        try {
            for (Future<?> lane : lanes) {
                lane.get();
            }
        } catch (ExecutionException e) {
            threads.shutdownNow();
            throw new ChaosException("an act failed: " + e.getCause(), e);
        }
    }

    private void perform(Planned planned, long begun) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(Math.max(0, begun + planned.at().toMillis() - HostFleet.now()));
        long from = HostFleet.now();
        if (planned.act().lane() == Act.Lane.PROCESSES) {
            processes.perform(planned);
        } else {
            world.perform(planned);
        }
        listener.acted(planned, String.format(Locale.ROOT, "%.1f s", (HostFleet.now() - from) / 1e3));
    }
}
