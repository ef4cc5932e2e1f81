package io.gamestream.local.stack;

import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** The product's user and database on the embedded server. */
final class PostgresAccounts {

    static final String ADMIN = "postgres";
    private static final String NAME = "gamestream";

    private PostgresAccounts() {}

    static PostgresSettings settings(int port) {
        return new PostgresSettings(LocalPorts.HOST, port, NAME, NAME, NAME, Map.of());
    }

    /**
     * Makes user and database where they are missing. The user owns the database and may replicate, which is all that
     * change data capture needs to make its publication and slot; it is no superuser.
     */
    static void ensure(PostgresSettings settings, String adminPassword) {
        String url = "jdbc:postgresql://" + settings.host() + ":" + settings.port() + "/postgres";
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        properties.setProperty("user", ADMIN);
        properties.setProperty("password", adminPassword);
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + NAME + "'")) {
                statement.execute("CREATE ROLE " + NAME + " LOGIN REPLICATION PASSWORD '" + settings.password() + "'");
                // Lag and slot metrics.
                statement.execute("GRANT pg_monitor TO " + NAME);
            }
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
                statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
            }
        } catch (SQLException e) {
            throw new StackException("Postgres: user and database can't be made: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
