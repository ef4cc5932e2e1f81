package io.gamestream.cdc;

import io.gamestream.cdc.capture.CaptureStats;
import io.gamestream.cdc.capture.Supervisor;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.Service;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import java.util.concurrent.CompletionStage;

/** Change data capture as a process: {@code ./backbone run cdc}. */
public final class CdcService implements Service {

    private final Supervisor supervisor;
    private final HttpService http;
    private final Metrics metrics;

    private CdcService(Supervisor supervisor, HttpService http, Metrics metrics) {
        this.supervisor = supervisor;
        this.http = http;
        this.metrics = metrics;
    }

    public static void main(String[] args) {
        ServiceMain.run("cdc", args, CdcService::start);
    }

    /** Starts to listen and to capture. */
    public static CdcService start(Settings settings) {
        CdcSettings cdc = settings.bind("cdc", CdcSettings.class);
        CaptureStats stats = new CaptureStats();
        Supervisor supervisor = new Supervisor(
                cdc,
                settings.bind("kafka", KafkaSettings.class),
                settings.bind("postgres", PostgresSettings.class),
                settings.bind("registry", RegistrySettings.class),
                stats);
        Metrics metrics = new Metrics("cdc");
        Readiness readiness = new Readiness();
        readiness.check("capture", () -> switch (stats.state()) {
            case STREAMING -> Readiness.Status.READY;
            case STARTING -> Readiness.Status.waiting("starting");
            case SNAPSHOT -> Readiness.Status.waiting("the first snapshot has " + stats.snapshotRows.sum() + " rows");
            case WAITING -> Readiness.Status.waiting(String.valueOf(stats.trouble()));
            case STOPPED -> Readiness.Status.waiting("stopped");
        });
        HttpService http =
                HttpService.start(new HttpService.Spec("cdc", cdc.http(), "cdc.http", 1, readiness, metrics));
        supervisor.start();
        return new CdcService(supervisor, http, metrics);
    }

    /** The port of the operations endpoints. */
    public int port() {
        return http.port();
    }

    @Override
    public CompletionStage<Void> failure() {
        return supervisor.ended();
    }

    @Override
    public void close() throws Exception {
        supervisor.close();
        http.close();
        metrics.close();
    }
}
