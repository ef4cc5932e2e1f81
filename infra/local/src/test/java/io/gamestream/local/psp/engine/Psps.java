package io.gamestream.local.psp.engine;

import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.PspState;
import io.gamestream.local.psp.core.Terms;
import io.gamestream.local.psp.log.Entry;
import java.nio.file.Path;
import java.util.List;

/** Providers without HTTP, for tests. */
final class Psps {

    static final Terms TERMS = new Terms(290, 30, 1_500, 1_000_000, 2_000, 3_000, 5_000, 10_000, 2_000);
    static final Retention ALL = new Retention(100_000, 100_000, 100_000, 86_400_000);

    private Psps() {}

    static Psp open(Path dir) {
        return Psp.open(dir.resolve("psp-truth.jsonl"), TERMS, ALL, 42);
    }

    static Entry.Cause cause(String key) {
        return new Entry.Cause("test", key, "fingerprint-" + key, "req_" + key, null);
    }

    /** Everything that the state holds, to be compared. */
    static List<Object> contents(Psp psp) {
        PspState state = psp.state();
        return List.of(
                state.intents().newestFirst(null).toList(),
                state.charges().newestFirst(null).toList(),
                state.refunds().newestFirst(null).toList(),
                state.disputes().newestFirst(null).toList(),
                state.rows().newestFirst(null).toList(),
                psp.events().newestFirst(null).toList(),
                psp.keys(),
                state.openTasks(),
                String.valueOf(state.nextTask().orElse(null)));
    }

    static long succeeded(Psp psp, String intent) {
        return psp.state()
                .charges()
                .newestFirst(null)
                .filter(charge -> charge.intent().equals(intent) && charge.status() == Charge.Status.SUCCEEDED)
                .count();
    }
}
