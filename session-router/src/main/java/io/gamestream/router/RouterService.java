package io.gamestream.router;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.ApiDocument;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.ComposedService;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.sessions.Assignment;
import io.micrometer.core.instrument.Gauge;
import java.time.Clock;
import java.util.Map;

/** The process {@code session-router}. */
public final class RouterService extends ComposedService {

    private static final String NAME = "session-router";
    private static final long EVERY_MS = 1_000;
    /** A look at every session, on the thread that answers hosts. */
    private static final long FORGET_GONE_EVERY_MS = 60_000;

    private int port;

    private RouterService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, RouterService::start);
    }

    /** Starts it; it listens when this returns, and is ready when it has read all sessions. */
    public static RouterService start(Settings settings) throws Exception {
        return open(new RouterService(), service -> service.open(settings));
    }

    private void open(Settings settings) {
        RouterSettings router = settings.bind(NAME, RouterSettings.class);
        KafkaSettings kafka = settings.bind("kafka", KafkaSettings.class);
        AvroSerdes serdes = new AvroSerdes(settings.bind("registry", RegistrySettings.class));
        Clock clock = clock();
        TicketSigner signer = new TicketSigner(router.tickets());
        Metrics metrics = part(new Metrics(NAME));
        Readiness readiness = new Readiness();
        SessionTable table = new SessionTable();
        CellTable cells = new CellTable();
        RedisSessions redis =
                part(new RedisSessions(settings.bind("redis", RedisSettings.class), router.kept(), metrics));
        Outgoing outgoing = part(new Outgoing(kafka, serdes, router.ackTimeout()));
        SessionReader reader = part(new SessionReader(
                kafka,
                serdes,
                table,
                cells,
                (assignment, at) -> keep(redis, router, assignment, at, clock),
                this::fail));
        readiness.check("sessions", reader::readiness);
        KeptBeats kept = new KeptBeats(outgoing::signal);
        gauges(metrics, table, kept, reader, clock);
        HttpService http = part(HttpService.start(
                new HttpService.Spec(NAME, router.http(), NAME + ".http", router.eventLoops(), readiness, metrics),
                ApiDocument.load(
                        RouterService.class,
                        "openapi.json",
                        Map.of("longestWaitMs", router.longestWait().toMillis())),
                (vertx, routes) -> {
                    HostProbes probes = new HostProbes(vertx, outgoing, router.probeAfter(), clock);
                    Waits waits = new Waits(table, router.usualWait(), router.longestWait());
                    new PlayerRoutes(table, redis, outgoing, signer, waits, reader::caughtUp, clock).addTo(routes);
                    new HostRoutes(table, cells, outgoing, kept, probes, reader::caughtUp, clock).addTo(routes);
                    new CellRoutes(cells, outgoing, clock).addTo(routes);
                    vertx.setPeriodic(EVERY_MS, tick -> {
                        var unused =
                                outgoing.beat(clock.millis()).thenRun(() -> vertx.runOnContext(back -> kept.send()));
                        kept.forgetOld(clock.millis());
                        probes.probe();
                        table.forgetBefore(clock.millis() - router.recall().toMillis());
                    });
                    vertx.setPeriodic(FORGET_GONE_EVERY_MS, tick -> table.forgetGone());
                }));
        port = http.port();
    }

    /** All that this router says of time is by it. */
    private static Clock clock() {
        return Clock.systemUTC();
    }

    /** Into Redis, unless it would be gone from there at once. */
    private static void keep(RedisSessions redis, RouterSettings router, Assignment assignment, long at, Clock clock) {
        if (clock.millis() - at < router.kept().toMillis()) {
            redis.put(assignment.getSessionId(), StoredSession.write(assignment, at));
        }
    }

    private static void gauges(Metrics metrics, SessionTable table, KeptBeats kept, SessionReader reader, Clock clock) {
        Gauge.builder("router.sessions", table, SessionTable::size)
                .description("Sessions that are known here")
                .strongReference(true)
                .register(metrics.registry());
        Gauge.builder("router.waiting", table, SessionTable::waiting)
                .description("Requests and streams that wait for news of a session")
                .strongReference(true)
                .register(metrics.registry());
        Gauge.builder("router.beats.kept", kept, KeptBeats::size)
                .description("Hosts whose last heartbeat Kafka doesn't have yet")
                .strongReference(true)
                .register(metrics.registry());
        Gauge.builder("router.kafka.silence.ms", reader, it -> it.silence(clock.millis()))
                .description("Since Kafka last answered the reader")
                .strongReference(true)
                .register(metrics.registry());
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }
}
