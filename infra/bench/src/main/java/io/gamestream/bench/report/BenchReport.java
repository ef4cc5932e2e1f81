package io.gamestream.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of one run, and the same as JSON. */
public final class BenchReport {

    private final String name;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public BenchReport(String name) {
        this.name = name;
    }

    public void add(Figure figure) {
        figures.add(figure);
    }

    /** A table below that of the figures. */
    public void add(Table table) {
        tables.add(table);
    }

    /** A sentence below the table: conditions, or what limited a figure. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** Whether every figure that has something to meet meets it. */
    public boolean allMet() {
        return figures.stream().noneMatch(figure -> figure.verdict() == Verdict.MISSED);
    }

    /** Prints a Markdown table, readable as it is. */
    public void print(PrintStream out) {
        new Table(
                        "",
                        List.of(name, "measured", "must", "met"),
                        figures.stream()
                                .map(figure -> List.of(
                                        figure.name(),
                                        figure.shown(),
                                        figure.must(),
                                        figure.verdict().word()))
                                .toList())
                .print(out);
        tables.forEach(table -> {
            out.println();
            out.println("  " + table.title());
            table.print(out);
        });
        notes.forEach(note -> out.println("  " + note));
    }

    /** Writes {@code <directory>/<name>.json} and returns its path. */
    public Path write(Path directory) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", name);
        document.put("at", Instant.now().toString());
        document.put("cores", Runtime.getRuntime().availableProcessors());
        document.put("java", System.getProperty("java.version"));
        document.put("figures", figures);
        document.put("tables", tables);
        document.put("notes", notes);
        Files.createDirectories(directory);
        Path file = directory.resolve(name + ".json");
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), document);
        return file;
    }
}
