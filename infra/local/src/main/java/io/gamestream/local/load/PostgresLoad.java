package io.gamestream.local.load;

import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

/**
 * The half of a load that goes into Postgres: batches, each in a transaction of its own. Ids are deterministic and rows that
 * are there are left alone, so a run that was killed is resumed by running it again.
 */
public final class PostgresLoad implements AutoCloseable {

    /** Large enough that the round trip doesn't count, small enough that a bar moves and CDC gets moderate transactions. */
    private static final int BATCH = 2_000;

    /** Inserts rows and says how many were new. */
    @FunctionalInterface
    public interface Insert<R> {
        int insert(Connection connection, List<R> rows) throws SQLException;
    }

    private final PostgresSettings settings;
    private final Connection connection;

    /**
     * Connects.
     *
     * @throws LoadException that says where it tried to
     */
    public PostgresLoad(PostgresSettings settings) {
        this.settings = settings;
        try {
            this.connection = connect(settings);
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new LoadException(
                    "Postgres at " + settings + " can't be reached: " + e.getMessage()
                            + " (is the stack up? ./backbone up starts one)",
                    e);
        }
    }

    /** A connection with the settings' driver properties. */
    public static Connection connect(PostgresSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        return DriverManager.getConnection(settings.jdbcUrl(), properties);
    }

    /** How many of the rows were not there yet. */
    public <S, R> long load(List<S> source, Function<S, R> toRow, Insert<R> insert, LoadProgressView view) {
        long added = 0;
        for (int from = 0; from < source.size(); from += BATCH) {
            List<R> rows = new ArrayList<>(BATCH);
            for (S one : source.subList(from, Math.min(source.size(), from + BATCH))) {
                rows.add(toRow.apply(one));
            }
            try {
                added += insert.insert(connection, rows);
                connection.commit();
            } catch (SQLException e) {
                throw failed(e);
            }
            view.advance(rows.size());
        }
        return added;
    }

    /** How many of these ids a table has. */
    long count(String table, List<String> ids) {
        long found = 0;
        try {
            for (int from = 0; from < ids.size(); from += BATCH) {
                found += BulkInsert.count(connection, table, ids.subList(from, Math.min(ids.size(), from + BATCH)));
            }
            connection.commit();
            return found;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private LoadException failed(SQLException e) {
        return new LoadException(
                "Postgres at " + settings + ": " + e.getMessage()
                        + " (what is committed stays; run the same command again to go on)",
                e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
