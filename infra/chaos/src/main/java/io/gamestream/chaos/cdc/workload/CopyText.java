package io.gamestream.chaos.cdc.workload;

import io.gamestream.chaos.cdc.script.GameRow;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of COPY. */
final class CopyText {

    static final String COMMAND =
            "COPY catalog.games (id, price_minor, title, description, developer, publisher, genres,"
                    + " currency, release_date, age_rating, gpu_class, status, created_at, updated_at) FROM STDIN";

    private CopyText() {}

    static String of(List<GameRow> rows) {
        return rows.stream().map(CopyText::line).collect(Collectors.joining());
    }

    /** An array's text as Postgres reads it. */
    static String array(List<String> elements) {
        return elements.stream()
                .map(element -> "\"" + element.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String line(GameRow row) {
        StringBuilder line = new StringBuilder();
        column(line, row.id());
        column(line, row.seq());
        column(line, row.title());
        column(line, row.description());
        column(line, row.developer());
        column(line, row.publisher());
        column(line, array(row.genres()));
        column(line, row.currency());
        column(line, row.releaseDate());
        column(line, row.ageRating());
        column(line, row.gpuClass());
        column(line, row.status());
        column(line, row.createdAt());
        column(line, row.updatedAt());
        line.setCharAt(line.length() - 1, '\n');
        return line.toString();
    }

    private static void column(StringBuilder line, @Nullable Object value) {
        line.append(value == null ? "\\N" : escape(Objects.toString(value))).append('\t');
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
