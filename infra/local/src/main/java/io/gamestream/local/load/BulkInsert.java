package io.gamestream.local.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Inserts many rows with one statement and leaves those alone that are there already, so that a load may be repeated. The
 * rows travel as one JSON parameter: the only form in which JDBC passes rows with arrays in them.
 */
public final class BulkInsert {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private static final String USERS = """
            INSERT INTO identity.users (id, handle, country, region, tier, preferences, created_at, updated_at)
            SELECT id, handle, country, region, tier, preferences, "createdAt", "createdAt"
            FROM json_to_recordset(?::json) AS t(id text, handle text, country text, region text, tier identity.tier,
              preferences jsonb, "createdAt" timestamptz)
            ON CONFLICT (id) DO NOTHING""";

    private static final String GAMES = """
            INSERT INTO catalog.games (id, title, description, developer, publisher, genres, price_minor, currency,
              release_date, age_rating, gpu_class, created_at, updated_at)
            SELECT id, title, description, developer, publisher, genres, "priceMinor", currency,
              "releaseDate", "ageRating", "gpuClass", "createdAt", "createdAt"
            FROM json_to_recordset(?::json) AS t(id text, title text, description text, developer text, publisher text,
              genres text[], "priceMinor" bigint, currency text, "releaseDate" date, "ageRating" integer,
              "gpuClass" catalog.gpu_class, "createdAt" timestamptz)
            ON CONFLICT (id) DO NOTHING""";

    private static final String ORDERS = """
            INSERT INTO payments.orders (id, user_id, status, lines, total_minor, currency, placed_at, updated_at)
            SELECT id, "userId", status, lines, "totalMinor", currency, "placedAt", "placedAt"
            FROM json_to_recordset(?::json) AS t(id text, "userId" text, status payments.order_status, lines jsonb,
              "totalMinor" bigint, currency text, "placedAt" timestamptz)
            ON CONFLICT (id) DO NOTHING""";

    private BulkInsert() {}

    /** How many of the rows were not there yet. */
    public static int users(Connection connection, List<UserRow> rows) throws SQLException {
        return insert(connection, USERS, rows);
    }

    /** How many of the rows were not there yet. */
    public static int games(Connection connection, List<GameRow> rows) throws SQLException {
        return insert(connection, GAMES, rows);
    }

    /** How many of the rows were not there yet. */
    public static int orders(Connection connection, List<OrderRow> rows) throws SQLException {
        // totalMinor() is a method and not a component, so the JSON is given it.
        return insert(connection, ORDERS, rows.stream().map(WithTotal::of).toList());
    }

    /** How many of these ids a table has. */
    static long count(Connection connection, String table, List<String> ids) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) FROM " + table + " WHERE id = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private static int insert(Connection connection, String sql, List<?> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, JSON.writeValueAsString(rows));
            return statement.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rows that can't be written as JSON", e);
        }
    }

    private record WithTotal(
            String id,
            String userId,
            String status,
            List<OrderRow.Line> lines,
            long totalMinor,
            String currency,
            String placedAt) {

        static WithTotal of(OrderRow row) {
            return new WithTotal(
                    row.id(),
                    row.userId(),
                    row.status().name(),
                    row.lines(),
                    row.totalMinor(),
                    row.currency(),
                    row.placedAt().toString());
        }
    }
}
