package io.gamestream.chaos.cdc.workload;

import io.gamestream.chaos.cdc.script.GameRow;
import io.gamestream.chaos.cdc.script.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Executes steps on {@code catalog.games}. */
final class GameWriter {

    private static final String INSERT = "INSERT INTO catalog.games (id, price_minor, title, description, developer,"
            + " publisher, genres, currency, release_date, age_rating, gpu_class, status, created_at, updated_at) VALUES ";
    private static final String TUPLE =
            "(?, ?, ?, ?, ?, ?, ?::text[], ?, ?, ?, ?::catalog.gpu_class," + " ?::catalog.game_status, ?, ?)";
    private static final String SET = "UPDATE catalog.games AS g SET id = v.id, price_minor = v.seq, title = v.title,"
            + " age_rating = v.age, status = v.status::catalog.game_status, updated_at = v.at";
    private static final String FROM = " FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::int[], ?::text[],"
            + " ?::timestamptz[], ?::text[]) AS v(key, id, seq, title, age, status, at, description) WHERE g.id = v.key";

    private final Connection connection;

    GameWriter(Connection connection) {
        this.connection = connection;
    }

    /** @throws IllegalStateException where the table isn't as the script expects it: the run itself is broken then */
    void execute(Step step) throws SQLException {
        if (step instanceof Step.Copy copy) {
            expect(step, copy.rows().size(), copy(copy.rows()));
        } else if (step instanceof Step.Insert insert) {
            expect(step, insert.rows().size(), insert(insert.rows()));
        } else if (step instanceof Step.Update update) {
            List<String> keys = update.after().stream().map(GameRow::id).toList();
            expect(step, keys.size(), update(keys, update.after(), update.description()));
        } else if (step instanceof Step.Delete delete) {
            expect(step, delete.keys().size(), delete(delete.keys()));
        } else if (step instanceof Step.Rekey rekey) {
            expect(step, 1, update(List.of(rekey.from()), List.of(rekey.after()), rekey.description()));
        } else if (step instanceof Step.Undone undone) {
            Savepoint savepoint = connection.setSavepoint();
            for (Step inner : undone.steps()) {
                execute(inner);
            }
            connection.rollback(savepoint);
        }
    }

    private long copy(List<GameRow> rows) throws SQLException {
        // Bytes, not a Reader: the driver encodes a Reader's text buffer by buffer, and a character outside of the
        // basic
        // plane that falls on a boundary arrives as two question marks.
        byte[] text = CopyText.of(rows).getBytes(StandardCharsets.UTF_8);
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(CopyText.COMMAND, new ByteArrayInputStream(text));
        } catch (IOException e) {
            throw new SQLException("COPY", e);
        }
    }

    private int insert(List<GameRow> rows) throws SQLException {
        String sql = INSERT + String.join(", ", Collections.nCopies(rows.size(), TUPLE));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 0;
            for (GameRow row : rows) {
                statement.setString(++at, row.id());
                statement.setLong(++at, row.seq());
                statement.setString(++at, row.title());
                statement.setString(++at, row.description());
                statement.setString(++at, row.developer());
                statement.setString(++at, row.publisher());
                statement.setString(++at, CopyText.array(row.genres()));
                statement.setString(++at, row.currency());
                statement.setObject(++at, row.releaseDate());
                statement.setObject(++at, row.ageRating());
                statement.setString(++at, row.gpuClass());
                statement.setString(++at, row.status());
                statement.setObject(++at, row.createdAt().atOffset(ZoneOffset.UTC));
                statement.setObject(++at, row.updatedAt().atOffset(ZoneOffset.UTC));
            }
            return statement.executeUpdate();
        }
    }

    private int update(List<String> keys, List<GameRow> after, boolean description) throws SQLException {
        String sql = SET + (description ? ", description = v.description" : "") + FROM;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            array(statement, 2, "text", after, GameRow::id);
            array(statement, 3, "int8", after, GameRow::seq);
            array(statement, 4, "text", after, GameRow::title);
            array(statement, 5, "int4", after, GameRow::ageRating);
            array(statement, 6, "text", after, GameRow::status);
            array(statement, 7, "text", after, row -> row.updatedAt().toString());
            array(statement, 8, "text", after, GameRow::description);
            return statement.executeUpdate();
        }
    }

    private int delete(List<String> keys) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM catalog.games WHERE id = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            return statement.executeUpdate();
        }
    }

    private void array(
            PreparedStatement statement,
            int at,
            String type,
            List<GameRow> rows,
            Function<GameRow, @Nullable Object> column)
            throws SQLException {
        statement.setArray(
                at, connection.createArrayOf(type, rows.stream().map(column).toArray()));
    }

    private static void expect(Step step, int rows, long touched) {
        if (rows != touched) {
            throw new IllegalStateException(
                    step.getClass().getSimpleName() + " touched " + touched + " rows (expected: " + rows + ")");
        }
    }
}
