package io.gamestream.payments.intake;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.http.HttpRoutes;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The order intake: a pool of connections and the routes on top of it. */
public final class OrderIntake implements AutoCloseable {

    private static final Duration HOUSEKEEPING = Duration.ofHours(1);

    private final HikariDataSource pool;
    private final IntakeSettings settings;

    /** Opens the pool; Postgres may be away, and is waited for by whoever asks. */
    public OrderIntake(PostgresSettings postgres, IntakeSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("intake");
        config.setJdbcUrl(postgres.jdbcUrl());
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        postgres.properties().forEach(config::addDataSourceProperty);
        // A server that is gone without a word must not hold a connection for ever.
        config.addDataSourceProperty("socketTimeout", "10");
        config.addDataSourceProperty("ApplicationName", "payments-gateway");
        config.setMaximumPoolSize(settings.connections());
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
        this.settings = settings;
    }

    /** Adds the routes. */
    public void addTo(Vertx vertx, HttpRoutes routes) {
        WorkerExecutor threads = vertx.createSharedWorkerExecutor(
                "intake", settings.connections(), Duration.ofSeconds(30).toNanos(), TimeUnit.NANOSECONDS);
        new IntakeRoutes(
                        new Idempotent(pool),
                        new Orders(InstantSource.system()),
                        new Bodies(settings.maxLines(), settings.maxQuantity()),
                        threads,
                        settings)
                .addTo(routes);
        Housekeeping housekeeping = new Housekeeping(pool, settings);
        vertx.setPeriodic(
                HOUSEKEEPING.toMillis(),
                timer -> threads.executeBlocking(
                        () -> {
                            housekeeping.round();
                            return true;
                        },
                        false));
    }

    @Override
    public void close() {
        pool.close();
    }
}
