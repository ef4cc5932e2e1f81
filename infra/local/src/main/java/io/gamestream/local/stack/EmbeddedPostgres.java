package io.gamestream.local.stack;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.StopSignal;
import io.gamestream.runtime.connection.PostgresSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Postgres server with logical decoding and every durability setting on, as a child process. */
final class EmbeddedPostgres implements AutoCloseable {

    /** Crash recovery replays at most a gigabyte of log. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static final String NAME = Part.POSTGRES.label();

    private final ChildProcess process;
    private final PostgresSettings settings;

    private EmbeddedPostgres(ChildProcess process, PostgresSettings settings) {
        this.process = process;
        this.settings = settings;
    }

    /**
     * Starts the server on its data, making a cluster the first time.
     *
     * @param installation unpacked binaries
     * @throws StackException with the end of the server's log where it does not start
     */
    static EmbeddedPostgres start(DataDirectory data, Path installation, int port) throws IOException {
        return start(data, installation, PostgresParameters.of(port), PostgresAccounts.settings(port));
    }

    /** @param settings how the server's clients reach it */
    static EmbeddedPostgres start(
            DataDirectory data, Path installation, List<String> parameters, PostgresSettings settings)
            throws IOException {
        Path home = data.directory(NAME);
        Path log = data.resolve("logs/postgres.log");
        PostgresTools tools = new PostgresTools(Unprivileged.detect(), installation, home, log);
        tools.removeStalePid();
        if (!tools.hasCluster()) {
            tools.makeCluster();
        }
        ChildProcess process = ChildProcess.start(new ChildProcess.Spec(
                NAME, tools.serverCommand(parameters), Map.of(), data.root(), log, StopSignal.INT));
        EmbeddedPostgres postgres = new EmbeddedPostgres(process, settings);
        try {
            Readiness.await("Postgres", process, START_TIMEOUT, tools::isReady);
            PostgresAccounts.ensure(settings, tools.adminPassword());
            Provisioning.tables(settings);
            return postgres;
        } catch (StackException e) {
            postgres.close();
            throw e;
        }
    }

    PostgresSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        process.close();
    }
}
