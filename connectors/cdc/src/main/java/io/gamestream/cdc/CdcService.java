package io.gamestream.cdc;

import io.gamestream.cdc.capture.CaptureStats;
import io.gamestream.cdc.capture.Connections;
import io.gamestream.cdc.capture.Snapshots;
import io.gamestream.cdc.capture.Supervisor;
import io.gamestream.cdc.ops.AdminRoutes;
import io.gamestream.cdc.ops.CaptureMetrics;
import io.gamestream.cdc.ops.SlotWatch;
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
    private final SlotWatch watch;
    private final HttpService http;
    private final Metrics metrics;

    private CdcService(Supervisor supervisor, SlotWatch watch, HttpService http, Metrics metrics) {
        this.supervisor = supervisor;
        this.watch = watch;
        this.http = http;
        this.metrics = metrics;
    }

    public static void main(String[] args) {
        ServiceMain.run("cdc", args, CdcService::start);
    }

    /** Starts to listen and to capture. */
    public static CdcService start(Settings settings) {
        CdcSettings cdc = settings.bind("cdc", CdcSettings.class);
        Connections connections = Connections.of(
                settings.bind("kafka", KafkaSettings.class),
                settings.bind("postgres", PostgresSettings.class),
                settings.bind("registry", RegistrySettings.class));
        CaptureStats stats = new CaptureStats();
        Snapshots snapshots = new Snapshots(connections.postgres());
        Supervisor supervisor = new Supervisor(cdc, connections, stats, snapshots);
        Metrics metrics = new Metrics("cdc");
        Readiness readiness = new Readiness();
        readiness.check("capture", () -> switch (stats.state()) {
            case STREAMING -> Readiness.Status.READY;
            case STARTING -> Readiness.Status.waiting("starting");
            case SNAPSHOT -> Readiness.Status.waiting("the first snapshot has " + stats.snapshotRows.sum() + " rows");
            case WAITING -> Readiness.Status.waiting(String.valueOf(stats.trouble()));
            case STOPPED -> Readiness.Status.waiting("stopped");
        });
        SlotWatch watch = SlotWatch.start(connections.postgres(), cdc.slot());
        metrics.bind(new CaptureMetrics(cdc.slot(), stats, watch));
        HttpService http = HttpService.start(
                new HttpService.Spec("cdc", cdc.http(), "cdc.http", 1, readiness, metrics),
                new AdminRoutes(snapshots, cdc.captured())::addTo);
        supervisor.start();
        return new CdcService(supervisor, watch, http, metrics);
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
        watch.close();
        http.close();
        metrics.close();
    }
}
