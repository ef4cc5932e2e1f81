package io.gamestream.cdc.source;

import io.gamestream.cdc.source.TableInfo.Identity;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the database must be and have before the first row; whatever is missing stops the start with what to do. */
public final class SourceCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SourceCheck.class);

    /** The first whose pgoutput sends logical decoding messages. */
    private static final int OLDEST = 140_000;

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** As long as an application's statements may well hang; we try again after a pause. */
    private static final Duration LOCKS = Duration.ofSeconds(2);

    private SourceCheck() {}

    /** Version and log level. */
    public static void server(SourceDatabase database) throws SQLException {
        if (database.version() < OLDEST) {
            throw new SourceException("Postgres " + database.version() / 10_000 + " (expected: 14 or newer)");
        }
        if (!"logical".equals(database.walLevel())) {
            throw new SourceException("Postgres has wal_level = " + database.walLevel()
                    + " (expected: logical). ALTER SYSTEM SET wal_level = logical, then restart it");
        }
    }

    /** The table as it is. */
    public static TableInfo table(SourceDatabase database, TableName name) throws SQLException {
        return database.table(name)
                .orElseThrow(() -> new SourceException("table " + name
                        + " doesn't exist, or the capture's user may not see it. Create it, or take it out of the"
                        + " configuration (cdc.tables, cdc.outbox)"));
    }

    /** The table, whose replica identity suffices or is made to. */
    public static TableInfo table(SourceDatabase database, TableName name, List<String> key, boolean manageIdentity)
            throws SQLException {
        TableInfo table = table(database, name);
        String reason = whyFullIdentity(table, key);
        if (reason != null && table.identity() != Identity.FULL) {
            fullIdentity(database, name, reason, manageIdentity);
        } else {
            requireKeyOfDeletedRows(table);
        }
        return table;
    }

    /** Somebody has chosen it: this isn't ours to change, as the default is. */
    static void requireKeyOfDeletedRows(TableInfo table) {
        String found =
                switch (table.identity()) {
                    case DEFAULT, FULL -> null;
                    case INDEX ->
                        "USING INDEX, by which the log tells no more of a deleted row than that index's columns";
                    case NOTHING -> "NOTHING, by which the log doesn't tell which row was deleted";
                };
        if (found != null) {
            throw new SourceException("table " + table.name() + " has REPLICA IDENTITY " + found
                    + " (expected: DEFAULT, which is the primary key, or FULL). Its owner must run: ALTER TABLE "
                    + table.name().quoted() + " REPLICA IDENTITY DEFAULT");
        }
    }

    private static @Nullable String whyFullIdentity(TableInfo table, List<String> key) {
        if (!table.toastable().isEmpty()) {
            return "its columns " + table.toastable() + " can hold large values, which the log leaves out of an UPDATE"
                    + " that doesn't change them";
        }
        if (!key.isEmpty() && !key.equals(table.primaryKey())) {
            return "its key " + key + " isn't the primary key, and the log tells no other of a deleted row";
        }
        return null;
    }

    private static void fullIdentity(SourceDatabase database, TableName name, String reason, boolean manage)
            throws SQLException {
        String statement = "ALTER TABLE " + name.quoted() + " REPLICA IDENTITY FULL";
        if (manage) {
            // Behind a long reader it would wait, and everybody else behind it.
            database.waitForLocks(LOCKS);
            try {
                database.execute(statement);
                LOG.info("{}: {}", statement, reason);
                return;
            } catch (SQLException e) {
                if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                    throw new SQLException(
                            "waiting for table " + name + ", to run: " + statement + ". It is held by "
                                    + database.lockHolders(name),
                            LOCK_NOT_AVAILABLE,
                            e);
                }
                if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                    throw e;
                }
            }
        }
        throw new SourceException(
                "table " + name + " needs REPLICA IDENTITY FULL: " + reason + ". Its owner must run: " + statement);
    }

    /**
     * How the capture gets what it is told beside the tables' changes.
     *
     * @param table of watermarks; null where incremental snapshots can't be had
     * @param managedPublication whether the publication is the capture's to make and to alter
     */
    public record Signals(@Nullable TableName table, boolean managedPublication) {}

    /**
     * Finds the table of watermarks, and whether the publication has to be left as it is.
     *
     * @throws SourceException where the publication lacks tables and is somebody else's to alter
     */
    public static Signals signalling(
            SourceDatabase database, TableName name, String publication, List<TableName> captured) throws SQLException {
        TableName signals = signals(database, name).orElse(null);
        PublicationInfo info = database.publication(publication).orElse(null);
        if (info == null || info.alterable()) {
            return new Signals(signals, true);
        }
        List<TableName> missing = info.missing(captured);
        if (!missing.isEmpty() || !info.everyOperation()) {
            throw new SourceException("publication " + publication + " is not this user's to alter, and lacks "
                    + (missing.isEmpty() ? "operations" : missing) + ". Its owner must run: ALTER PUBLICATION "
                    + publication
                    + (missing.isEmpty()
                            ? " SET (publish = 'insert, update, delete, truncate')"
                            : " ADD TABLE "
                                    + missing.stream().map(TableName::quoted).collect(Collectors.joining(", "))));
        }
        if (signals != null && !info.whole().contains(signals)) {
            LOG.warn(
                    "no incremental snapshots: publication {} doesn't have {}. Its owner can: ALTER PUBLICATION {} ADD TABLE {}",
                    publication,
                    signals,
                    publication,
                    signals.quoted());
            return new Signals(null, false);
        }
        return new Signals(signals, false);
    }

    /** The table of watermarks, made where we may; empty where there is none and we may not. */
    static Optional<TableName> signals(SourceDatabase database, TableName name) throws SQLException {
        if (database.table(name).isPresent()) {
            return Optional.of(name);
        }
        String schema = "CREATE SCHEMA IF NOT EXISTS \"" + name.schema() + "\"";
        String table =
                "CREATE TABLE " + name.quoted() + " (id varchar(64) PRIMARY KEY, type varchar(32) NOT NULL, data text)";
        try {
            database.execute(schema);
            database.execute(table);
            return Optional.of(name);
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
            LOG.warn(
                    "no incremental snapshots: the user of the capture may not create {}. An administrator can: {}; {}",
                    name,
                    schema,
                    table);
            return Optional.empty();
        }
    }
}
