package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SlotEvent;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replays a cell, says whether it decides as it did, and how another policy would have done. */
final class ReplayRun {

    private final CellSettings cell;
    private final long from;
    private final PrintWriter out;

    ReplayRun(CellSettings cell, long from, PrintWriter out) {
        this.cell = cell;
        this.from = from;
        this.out = out;
    }

    /** False where the cell doesn't decide as it did, and where there is nothing to tell that by. */
    boolean run(ReplayInput input, @Nullable CellPolicy other) {
        Replay replay = new Replay(input.cell(cell), from);
        long checkpoints = 0;
        Optional<String> difference = Optional.empty();
        for (Logged<CellRecord> logged : input.inbox()) {
            replay.add(logged.value(), logged.timestamp());
            @Nullable String hash = input.hashes().get(logged.offset());
            if (hash != null) {
                checkpoints++;
                if (difference.isEmpty() && !hash.equals(replay.cellHash())) {
                    difference = Optional.of("at offset " + logged.offset() + " of the inbox the cell has the hash "
                            + replay.cellHash() + ", its checkpoint " + hash);
                }
            }
        }
        HoldingTimes times = new HoldingTimes();
        for (Logged<SlotEvent> event : input.committed()) {
            times.add(event.value());
            if (event.timestamp() >= from) {
                difference = difference.or(() -> replay.difference(event.value()));
            }
        }
        out.printf(
                Locale.ROOT,
                "cell %s: %s, %,d records of %,d decided again, %,d refused as they were%n",
                cell.id(),
                input.start()
                        .map(start -> "from the checkpoint of " + Instant.ofEpochMilli(start.at()) + " at offset "
                                + start.offset())
                        .orElse("from its first record"),
                replay.records(),
                input.inbox().size(),
                replay.refused());
        out.printf(Locale.ROOT, "decisions %s%n", replay.hash());
        boolean nothing = replay.compared() + replay.unmet() + checkpoints == 0;
        boolean same = difference.isEmpty() && replay.unmet() == 0 && !nothing;
        if (nothing && difference.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "NOTHING COMPARED: there is no slot event and no checkpoint of the cell since %s%n",
                    Instant.ofEpochMilli(from));
        } else if (same) {
            out.printf(
                    Locale.ROOT,
                    "the same to the bit: all %,d committed slot events, %,d checkpoints%n",
                    replay.compared(),
                    checkpoints);
        } else {
            out.printf(
                    Locale.ROOT,
                    "DIFFERENT: %s%n",
                    difference.orElse(replay.unmet() + " slot events were decided and never committed"));
        }
        compare(input, replay.summary(), times, other);
        out.flush();
        return same;
    }

    private void compare(
            ReplayInput input, PlacementStats.Summary was, HoldingTimes times, @Nullable CellPolicy other) {
        print("as it was", was);
        if (other != null) {
            WhatIf whatIf = new WhatIf(input.cell(cell), other, times, from);
            input.start().ifPresent(start -> whatIf.goOn(start.at()));
            input.inbox().forEach(logged -> whatIf.add(logged.value()));
            print("other policy", whatIf.summary());
        }
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
