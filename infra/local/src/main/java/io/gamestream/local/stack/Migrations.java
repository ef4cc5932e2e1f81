package io.gamestream.local.stack;

import io.gamestream.runtime.connection.PostgresSettings;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The product's tables, brought up to date by Flyway. */
final class Migrations {

    private Migrations() {}

    static void run(PostgresSettings postgres) {
        try {
            Flyway.configure()
                    .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StackException("Postgres: the tables can't be migrated: " + e.getMessage(), e);
        }
    }
}
