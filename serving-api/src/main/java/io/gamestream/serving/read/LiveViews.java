package io.gamestream.serving.read;

import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.cdc.Position;
import io.gamestream.serving.ServingContext;
import io.gamestream.serving.position.PositionSettings;
import io.gamestream.serving.position.PositionTracker;
import io.gamestream.serving.position.PositionWaits;
import io.gamestream.serving.routing.Peer;
import io.gamestream.serving.routing.RouteTable;
import io.gamestream.serving.view.LogEnds;
import io.gamestream.serving.view.View;
import io.gamestream.serving.view.ViewMetrics;
import io.gamestream.serving.view.ViewRegistry;
import io.gamestream.serving.view.ViewSettings;
import io.gamestream.serving.view.ViewStreams;
import io.gamestream.serving.view.ViewTable;
import io.gamestream.serving.view.ViewTopics;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the views as soon as Kafka and the topics are there, and keeps house afterwards: routes after rebalances, ends of
 * logs, contents of partitions that have gone elsewhere. One thread.
 */
final class LiveViews implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveViews.class);
    private static final long TRY_AGAIN_MILLIS = 1_000;
    private static final long BUSY_MILLIS = 100;
    private static final long CALM_MILLIS = 250;

    /** Opens the reads. */
    @FunctionalInterface
    interface Opening {
        void open(ViewRegistry registry, RouteTable routes, PositionWaits waits);
    }

    private final ServingContext context;
    private final ViewSettings settings;
    private final PositionSettings position;
    private final Peer self;
    private final Opening opening;
    private final Thread keeper;
    private final LoadProgress progress = new LoadProgress(System::nanoTime);
    private volatile Readiness.Status status = Readiness.Status.waiting("starting");
    private volatile @Nullable ViewStreams streams;
    private volatile @Nullable PositionTracker positions;

    LiveViews(ServingContext context, ViewSettings settings, PositionSettings position, Peer self, Opening opening) {
        this.context = context;
        this.settings = settings;
        this.position = position;
        this.self = self;
        this.opening = opening;
        this.keeper = new Thread(this::run, "views-keeper");
        keeper.setDaemon(true);
    }

    void start() {
        keeper.start();
    }

    Readiness.Status status() {
        return status;
    }

    private void run() {
        try (Admin admin = Admin.create(KafkaClients.admin(context.kafka(), settings.applicationId() + "-views"))) {
            ViewRegistry registry = awaitTopics(admin);
            RouteTable routes = new RouteTable(self, View.USERS.topic());
            PositionTracker tracker = new PositionTracker(
                    context.kafka(),
                    position,
                    new AvroSerdes(context.registry()).<Position>valueSerde().deserializer(),
                    registry);
            positions = tracker;
            opening.open(registry, routes, tracker.waits());
            ViewStreams started = new ViewStreams(
                    context.kafka(),
                    settings,
                    self.toString(),
                    registry,
                    new AvroSerdes(context.registry()),
                    context.fatal());
            streams = started;
            started.start();
            tracker.start();
            LogEnds ends = new LogEnds(admin, registry);
            context.metrics().register(new ViewMetrics(registry, ends));
            keep(started, registry, routes, ends);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            context.fatal().accept(e);
        }
    }

    private ViewRegistry awaitTopics(Admin admin) throws InterruptedException {
        while (true) {
            try {
                return new ViewRegistry(ViewTopics.partitions(admin));
            } catch (ViewTopics.NotYetException e) {
                if (!String.valueOf(e.getMessage()).equals(status.reason())) {
                    LOG.warn("views wait: {}", e.getMessage());
                }
                status = Readiness.Status.waiting(String.valueOf(e.getMessage()));
                Thread.sleep(TRY_AGAIN_MILLIS);
            }
        }
    }

    private void keep(ViewStreams started, ViewRegistry registry, RouteTable routes, LogEnds ends)
            throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            routes.refresh(() -> started.streams().metadataForAllStreamsClients());
            ends.refresh();
            dropWhatHasGone(registry, routes);
            boolean wasReady = status.ready();
            status = progress.status(started.state(), ends.progress());
            if (!wasReady && status.ready()) {
                LOG.info("views are ready: {} partitions here", ends.progress().partitions());
            }
            Thread.sleep(status.ready() ? CALM_MILLIS : BUSY_MILLIS);
        }
    }

    private void dropWhatHasGone(ViewRegistry registry, RouteTable routes) {
        long now = System.nanoTime();
        Duration keep = settings.keepReleased();
        for (ViewTable table : registry.all()) {
            if (table.releasedForNanos(now) > keep.toNanos()
                    && table.readable()
                    && routes.routes().activeElsewhere(table.partition(), self)) {
                table.drop();
            }
        }
    }

    @Override
    public void close() {
        keeper.interrupt();
        PositionTracker tracker = positions;
        if (tracker != null) {
            tracker.close();
        }
        ViewStreams now = streams;
        if (now != null) {
            now.close();
        }
    }
}
