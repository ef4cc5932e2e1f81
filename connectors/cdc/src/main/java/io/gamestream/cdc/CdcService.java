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
import io.gamestream.runtime.service.ComposedService;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;

/** Change data capture as a process: {@code ./backbone run cdc}. */
public final class CdcService extends ComposedService {

    private static final String NAME = "cdc";

    private int port;

    private CdcService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, CdcService::start);
    }

    /** Starts to listen and to capture. */
    public static CdcService start(Settings settings) throws Exception {
        return open(new CdcService(), service -> service.open(settings));
    }

    private void open(Settings settings) {
        CdcSettings cdc = settings.bind(NAME, CdcSettings.class);
        Connections connections = Connections.of(
                settings.bind("kafka", KafkaSettings.class),
                settings.bind("postgres", PostgresSettings.class),
                settings.bind("registry", RegistrySettings.class));
        CaptureStats stats = new CaptureStats();
        Snapshots snapshots = new Snapshots(connections.postgres());
        Metrics metrics = part(new Metrics(NAME));
        SlotWatch watch = part(SlotWatch.start(connections.postgres(), cdc.slot()));
        metrics.bind(new CaptureMetrics(cdc.slot(), stats, watch));
        Readiness readiness = new Readiness();
        readiness.check("capture", () -> status(stats));
        HttpService http = part(HttpService.start(
                new HttpService.Spec(NAME, cdc.http(), NAME + ".http", 1, readiness, metrics),
                new AdminRoutes(snapshots, cdc.captured())::addTo));
        port = http.port();
        Supervisor supervisor = part(new Supervisor(cdc, connections, stats, snapshots));
        supervisor.ended().whenComplete((ended, e) -> {
            if (e != null) {
                fail(e);
            }
        });
        supervisor.start();
    }

    private static Readiness.Status status(CaptureStats stats) {
        return switch (stats.state()) {
            case STREAMING -> Readiness.Status.READY;
            case STARTING -> Readiness.Status.waiting("starting");
            case SNAPSHOT -> Readiness.Status.waiting("the first snapshot has " + stats.snapshotRows.sum() + " rows");
            case WAITING -> Readiness.Status.waiting(String.valueOf(stats.trouble()));
            case STOPPED -> Readiness.Status.waiting("stopped");
        };
    }

    /** The port of the operations endpoints. */
    public int port() {
        return port;
    }
}
