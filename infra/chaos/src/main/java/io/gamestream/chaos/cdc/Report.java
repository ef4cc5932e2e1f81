package io.gamestream.chaos.cdc;

import io.gamestream.chaos.cdc.check.Fault;
import io.gamestream.chaos.cdc.check.Verdict;
import io.gamestream.chaos.cdc.plan.Act;
import io.gamestream.chaos.cdc.plan.Done;
import io.gamestream.chaos.cdc.run.Outcome;
import io.gamestream.chaos.cdc.run.RunListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells a person how a run goes on and what came of it. */
final class Report implements RunListener {

    private static final List<Fault> HEADLINE = List.of(Fault.LOST, Fault.DUPLICATED, Fault.REORDERED);
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    @Override
    public void stackReady(Duration took) {
        out.printf(Locale.ROOT, "stack is ready after %.1f s; loading the first rows%n", took.toMillis() / 1e3);
    }

    @Override
    public void acted(Done done, int of) {
        String ready = done.readyAfter().isZero()
                ? ""
                : String.format(
                        Locale.ROOT, ", ready after %.1f s", done.readyAfter().toMillis() / 1e3);
        out.printf(
                Locale.ROOT,
                "%3d/%d  %s%s: %,d changes committed, %,d delivered%s%s%n",
                done.number(),
                of,
                done.planned().act().meaning(),
                done.hit() ? "" : " MISSED",
                done.committed(),
                done.delivered(),
                ready,
                done.remark().isEmpty() ? "" : "; " + done.remark());
    }

    @Override
    public void checking() {
        out.println("everything is delivered; reading the topic back");
    }

    /** The table; the last line says what held. */
    void print(Outcome outcome) {
        Verdict verdict = outcome.verdict();
        out.println();
        row("changes that had to come one by one", verdict.changes());
        row("changes that the snapshot stands for", verdict.coveredBySnapshot());
        row("records that a read_committed reader sees", verdict.records());
        row("  of them of the snapshot", verdict.snapshotRecords());
        row("  of them repeated by a snapshot that was killed", verdict.snapshotRepeats());
        row("records of aborted Kafka transactions, never seen", outcome.aborted());
        row("writes missed by whoever waits for a position from before COMMIT", outcome.earlyByFloor());
        row("transactions rolled back in Postgres", outcome.rollbacks());
        row("instances that ended by themselves", outcome.exits().size());
        for (Act act : Act.values()) {
            if (outcome.count(act) > 0) {
                row(act.meaning(), outcome.count(act));
            }
        }
        for (Fault fault : Fault.values()) {
            row(fault + ": " + fault.meaning(), verdict.count(fault));
        }
        out.println();
        outcome.exits().forEach(exit -> out.println("an instance " + exit));
        verdict.samples().forEach(sample -> out.println("FAULT " + sample));
        outcome.complaints().forEach(complaint -> out.println("VOID " + complaint));
        out.println(lastLine(outcome));
    }

    static String lastLine(Outcome outcome) {
        Verdict verdict = outcome.verdict();
        Stream<Fault> named = outcome.verdict().held()
                ? HEADLINE.stream()
                : Stream.of(Fault.values()).filter(fault -> HEADLINE.contains(fault) || verdict.count(fault) > 0);
        String counts = named.map(fault -> String.format(
                        Locale.ROOT,
                        "%,d %s",
                        verdict.count(fault),
                        fault.name().toLowerCase(Locale.ROOT).replace('_', ' ')))
                .collect(Collectors.joining(", "));
        String verb = outcome.held() ? "held" : verdict.held() ? "void" : "broken";
        String repeats = verdict.snapshotRepeats() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d snapshot records repeated", verdict.snapshotRepeats());
        return String.format(
                Locale.ROOT,
                "%s: %s in %,d changes of %,d keys over %d kills%s (seed %d, %d s)",
                verb,
                counts,
                verdict.changes(),
                verdict.keys(),
                outcome.kills(),
                repeats,
                outcome.seed(),
                outcome.took().toSeconds());
    }

    private void row(String what, long value) {
        out.printf(Locale.ROOT, "%-66s %,12d%n", what, value);
    }
}
