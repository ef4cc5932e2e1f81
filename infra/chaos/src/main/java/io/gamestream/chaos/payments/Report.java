package io.gamestream.chaos.payments;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gamestream.chaos.payments.check.Finding;
import io.gamestream.chaos.payments.check.Invariant;
import io.gamestream.chaos.payments.plan.Plan.Planned;
import io.gamestream.chaos.payments.run.Outcome;
import io.gamestream.chaos.payments.run.RunListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    public synchronized void acted(Planned planned, Duration again) {
        out.printf(
                Locale.ROOT, "%3d/%d  %s, works again after %.1f s%n", ++done, acts, planned, again.toMillis() / 1e3);
    }

    /** The table; the last line says what held. */
    synchronized void print(Outcome outcome) {
        out.println();
        outcome.numbers().forEach((what, value) -> out.printf(Locale.ROOT, "%-58s %,12d%n", what, value));
        for (Invariant invariant : Invariant.values()) {
            out.printf(
                    Locale.ROOT,
                    "%-4s %-110s %s%n",
                    invariant,
                    invariant.meaning(),
                    outcome.verdict().counts().containsKey(invariant)
                            ? "BROKEN " + outcome.verdict().counts().get(invariant)
                            : "held");
        }
        out.println();
        outcome.exits().forEach(exit -> out.println("a service " + exit));
        outcome.verdict().samples().forEach(finding -> out.println("BROKEN " + finding));
        outcome.complaints().forEach(complaint -> out.println("VOID " + complaint));
        out.println(lastLine(outcome));
    }

    static String lastLine(Outcome outcome) {
        long orders = outcome.numbers().getOrDefault("orders", 0L);
        String tail = String.format(
                Locale.ROOT,
                " in %,d orders (seed %d, %d s)",
                orders,
                outcome.seed(),
                outcome.took().toSeconds());
        String broken = Arrays.stream(Invariant.values())
                .filter(outcome.verdict().counts()::containsKey)
                .map(Invariant::name)
                .collect(Collectors.joining(", "));
        if (outcome.bug() != null) {
            return (outcome.good() ? "found: " : "not found: ") + outcome.bug() + " breaks "
                    + outcome.bug().breaks() + (broken.isEmpty() ? "" : ", broken were " + broken) + tail;
        }
        if (!outcome.verdict().held()) {
            return "broken: " + broken + tail;
        }
        return (outcome.complaints().isEmpty() ? "held: all " : "void: all ") + Invariant.values().length
                + " invariants held" + tail;
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
        json.put("broken", outcome.verdict().counts());
        json.put(
                "samples",
                outcome.verdict().samples().stream().map(Finding::toString).toList());
        json.put("complaints", outcome.complaints());
        json.put("exits", outcome.exits());
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
    }
}
