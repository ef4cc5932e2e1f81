package io.gamestream.chaos.sessions;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gamestream.chaos.sessions.check.Finding;
import io.gamestream.chaos.sessions.check.Gate;
import io.gamestream.chaos.sessions.check.Outage;
import io.gamestream.chaos.sessions.plan.Plan.Planned;
import io.gamestream.chaos.sessions.run.Outcome;
import io.gamestream.chaos.sessions.run.RunListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells a person, and a file, how a run goes on and what came of it. */
final class Report implements RunListener {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final PrintStream out;
    private final int acts;
    private int done;

    Report(PrintStream out, int acts) {
        this.out = out;
        this.acts = acts;
    }

    @Override
    public synchronized void phase(String what) {
        out.println(what);
    }

    @Override
    public synchronized void acted(Planned planned, String took) {
        out.printf(Locale.ROOT, "%3d/%d  %d: %s, %s%n", ++done, acts, planned.number(), planned, took);
    }

    /** The table; the last line says what held. */
    synchronized void print(Outcome outcome) {
        out.println();
        outcome.numbers().forEach((what, value) -> out.printf(Locale.ROOT, "%-76s %,10d%n", what, value));
        out.println();
        for (Outage outage : outcome.outages()) {
            out.printf(
                    Locale.ROOT,
                    "%-76s %,7d ms without a grant%n",
                    outage.what(),
                    outage.gap().toMillis());
        }
        out.println();
        for (Gate gate : Gate.values()) {
            Integer broken = outcome.verdict().counts().get(gate);
            out.printf(
                    Locale.ROOT,
                    "%-4s %-110s %s%n",
                    gate,
                    gate.meaning(),
                    broken == null ? "held" : "BROKEN " + broken);
        }
        out.println();
        outcome.exits().forEach(exit -> out.println("a service " + exit));
        outcome.verdict().samples().forEach(finding -> out.println("BROKEN " + finding));
        outcome.complaints().forEach(complaint -> out.println("VOID " + complaint));
        out.println(lastLine(outcome));
    }

    static String lastLine(Outcome outcome) {
        String tail = String.format(
                Locale.ROOT,
                " in %,d grants (seed %d, %d s)",
                outcome.numbers().getOrDefault("grants", 0L),
                outcome.seed(),
                outcome.took().toSeconds());
        String broken = Arrays.stream(Gate.values())
                .filter(outcome.verdict().counts()::containsKey)
                .map(Gate::name)
                .collect(Collectors.joining(", "));
        if (outcome.bug() != null) {
            return (outcome.good() ? "found: " : "not found: ") + outcome.bug() + " breaks "
                    + outcome.bug().breaks() + (broken.isEmpty() ? "" : ", broken were " + broken) + tail;
        }
        if (!outcome.verdict().held()) {
            return "broken: " + broken + tail;
        }
        return (outcome.complaints().isEmpty() ? "held: all " : "void: all ") + Gate.values().length + " gates held"
                + tail;
    }

    /** The outcome for machines. */
    static void write(Outcome outcome, Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seed", outcome.seed());
        if (outcome.bug() != null) {
            json.put("planted", outcome.bug().toString());
        }
        json.put("good", outcome.good());
        json.put("seconds", outcome.took().toSeconds());
        json.put("numbers", outcome.numbers());
        Map<String, Long> gaps = new LinkedHashMap<>();
        outcome.outages().forEach(outage -> gaps.put(outage.what(), outage.gap().toMillis()));
        json.put("millisecondsWithoutGrants", gaps);
        json.put("broken", outcome.verdict().counts());
        json.put(
                "samples",
                outcome.verdict().samples().stream().map(Finding::toString).toList());
        json.put("complaints", outcome.complaints());
        json.put("exits", outcome.exits());
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
    }
}
