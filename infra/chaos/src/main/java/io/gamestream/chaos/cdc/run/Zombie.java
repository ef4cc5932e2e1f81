package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.cdc.run.Acts.Result;
import io.gamestream.chaos.kit.Signals;
import io.gamestream.chaos.kit.Waiting;
import io.gamestream.local.service.ServiceInstance;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * An instance is frozen with batches in its hands, another one takes its place, and the first one wakes up: it must not get
 * anything into the topic any more, and has to leave.
 */
final class Zombie {

    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(90);
    private static final Duration GONE_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Stage stage;

    Zombie(Stage stage) {
        this.stage = stage;
    }

    /** @param delay of streaming before the freeze, and of the second one's work before the first one wakes up */
    Result perform(Duration delay) throws InterruptedException {
        Duration ready = stage.instances().ready();
        ServiceInstance first = stage.instances().running();
        Thread.sleep(delay.toMillis());
        Signals.stop(first.pid());
        OptionalLong frozenSender = stage.database().walSender();
        ServiceInstance second = stage.instances().another();
        stage.instances().replaceBy(second);
        try {
            boolean took = Waiting.until(TAKEN_OVER_WITHIN, LOOK_EVERY, () -> hasSlot(second, frozenSender));
            Thread.sleep(delay.toMillis());
            Signals.resume(first.pid());
            boolean gone = Waiting.until(GONE_WITHIN, LOOK_EVERY, () -> !first.isAlive());
            String words = gone ? "left with status " + first.exitStatus() : "still lives";
            return new Result(took && gone, ready, (took ? "" : "was not succeeded, ") + words);
        } finally {
            first.kill();
        }
    }

    /**
     * The server takes a frozen client for alive for a minute (wal_sender_timeout); we don't wait for that, and end the
     * session in its place.
     */
    private boolean hasSlot(ServiceInstance second, OptionalLong frozenSender) {
        OptionalLong sender = stage.database().walSender();
        if (frozenSender.isPresent() && sender.equals(frozenSender)) {
            stage.database().terminate(frozenSender.getAsLong());
            return false;
        }
        return sender.isPresent() && second.isReady();
    }
}
