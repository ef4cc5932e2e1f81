package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SlotEvent;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replays a cell, says whether it decides as it did, and how another policy would have done. */
final class ReplayRun {

    /**
     * A record of the log.
     *
     * @param timestamp ms since 1970
     */
    record Logged(CellRecord record, long timestamp) {}

    private final CellSettings cell;
    private final long from;
    private final PrintWriter out;

    ReplayRun(CellSettings cell, long from, PrintWriter out) {
        this.cell = cell;
        this.from = from;
        this.out = out;
    }

    /** False where the cell doesn't decide as it did. */
    boolean run(List<Logged> inbox, List<SlotEvent> committed, @Nullable CellPolicy other) {
        Replay replay = new Replay(cell.id(), cell.region(), from);
        inbox.forEach(logged -> replay.add(logged.record(), logged.timestamp()));
        Optional<String> difference = Optional.empty();
        HoldingTimes times = new HoldingTimes();
        for (SlotEvent event : committed) {
            times.add(event);
            if (difference.isEmpty()) {
                difference = replay.difference(event);
            }
        }
        out.printf(
                Locale.ROOT,
                "cell %s: %,d records of %,d decided again, %,d refused as they were%n",
                cell.id(),
                replay.records(),
                inbox.size(),
                replay.refused());
        out.printf(Locale.ROOT, "decisions %s%n", replay.hash());
        if (difference.isEmpty() && replay.unmet() == 0) {
            out.printf(Locale.ROOT, "the same to the bit: all %,d committed slot events%n", committed.size());
        } else {
            out.printf(
                    Locale.ROOT,
                    "DIFFERENT: %s%n",
                    difference.orElse(replay.unmet() + " slot events were decided and never committed"));
        }
        PlacementStats.Summary was = replay.summary();
        if (other == null) {
            print("as it was", was);
        } else {
            WhatIf whatIf = new WhatIf(cell.id(), cell.region(), other, times, from);
            inbox.forEach(logged -> whatIf.add(logged.record()));
            print("as it was", was);
            print("other policy", whatIf.summary());
        }
        out.flush();
        return difference.isEmpty() && replay.unmet() == 0;
    }

    private void print(String name, PlacementStats.Summary summary) {
        out.printf(
                Locale.ROOT,
                "%-13s grants %,d, moves %,d, queued %,d, handed back %,d, mean RTT %.1f ms, wait p50 %.1f s p99 %.1f s, utilisation"
                        + " %.1f %%%n",
                name,
                summary.grants(),
                summary.moves(),
                summary.queued(),
                summary.handedBack(),
                summary.rttMs(),
                summary.waitP50Ms() / 1_000.0,
                summary.waitP99Ms() / 1_000.0,
                summary.utilisation() * 100);
    }
}
