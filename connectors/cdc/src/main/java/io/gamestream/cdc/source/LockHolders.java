package io.gamestream.cdc.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Who holds locks on a table at this moment, such as {@code pid 7 (shop, psql, idle in transaction, for 90 s)}. */
final class LockHolders {

    /** Not the statement: it may hold values. Of other users' sessions some of this is NULL. */
    private static final String QUERY = """
            SELECT DISTINCT concat('pid ', l.pid, ' (', concat_ws(', ', a.usename, nullif(a.application_name, ''), a.state,
                   'for ' || extract(epoch FROM clock_timestamp() - a.xact_start)::bigint || ' s'), ')')
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.relation = ?::regclass AND l.granted AND l.pid <> pg_backend_pid()
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            ORDER BY 1
            """;

    private LockHolders() {}

    /** None where they have just gone. */
    static List<String> of(Connection connection, TableName table) throws SQLException {
        List<String> holders = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement(QUERY)) {
            find.setString(1, table.quoted());
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    holders.add(row.getString(1));
                }
            }
        }
        return holders;
    }
}
