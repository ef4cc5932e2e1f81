package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.Waiting;
import io.gamestream.chaos.payments.check.Settlement;
import io.gamestream.chaos.payments.load.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything is healed: brings it to rest, reconciles, replays twice, rebuilds. */
final class Ending {

    /** Rounds of replays; a call that the PSP answers with the same 500 for as long as its key lives needs more than one. */
    private static final int REPLAY_ROUNDS = 4;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Stage stage;
    private final Duration within;
    private final Quiet quiet;
    private final RunListener listener;

    Ending(Stage stage, Load load, Tail tail, Duration within, RunListener listener) {
        this.stage = stage;
        this.within = within;
        this.quiet = new Quiet(stage, load, tail);
        this.listener = listener;
    }

    Settlement settle() throws InterruptedException {
        listener.phase("healed; waiting for quiet");
        List<String> busy = new ArrayList<>(quiet.await(within));
        DeadLetters letters = new DeadLetters(stage);
        int round = 0;
        int replayed = letters.replayOpen();
        while (replayed > 0 && round++ < REPLAY_ROUNDS && busy.isEmpty()) {
            listener.phase("replayed " + replayed + " dead letters; waiting for quiet");
            busy.addAll(quiet.await(within));
            replayed = letters.replayOpen();
        }
        Collector collector = new Collector(stage);
        listener.phase("comparing the books");
        stage.startReconciliation();
        // A wait that is over tells nothing more: what is open then is among the findings.
        boolean agreed = Waiting.until(within, LOOK_EVERY, () -> isReconciled(collector));
        if (busy.isEmpty()) {
            busy.addAll(quiet.await(agreed ? within : LOOK_EVERY));
        }
        boolean compared = collector.isCompared();
        List<String> breaks = collector.openBreaks();

        listener.phase("replaying every dead letter a second time, throwing the stores away");
        Map<String, Long> before = Digests.ofEverything(stage);
        int twice = letters.replayAllAgain();
        awaitSilence();
        Map<String, Long> after = Digests.ofEverything(stage);
        Map<String, Long> store = Digests.ofStore(stage);
        new Rebuild(stage).perform();
        awaitSilence();
        return new Settlement(
                busy, collector.orphans(), compared, breaks, twice, before, after, store, Digests.ofStore(stage));
    }

    private boolean isReconciled(Collector collector) {
        return collector.isCompared() && collector.openBreaks().isEmpty();
    }

    /** What was asked for has been read by then. */
    private void awaitSilence() throws InterruptedException {
        Thread.sleep(2_000);
        List<String> unused = quiet.await(Duration.ofSeconds(20));
    }
}
