package io.gamestream.serving.read;

import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.serving.GameTitles;
import io.gamestream.serving.ServingContext;
import io.gamestream.serving.ServingPart;
import io.gamestream.serving.position.PositionSettings;
import io.gamestream.serving.routing.AdvertisedHost;
import io.gamestream.serving.routing.Peer;
import io.gamestream.serving.routing.PeerClient;
import io.gamestream.serving.routing.RoutingSettings;
import io.gamestream.serving.view.ViewSettings;
import io.vertx.core.Vertx;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The views: their tables, how they are kept, and the reads of one item. */
public final class ViewsPart implements ServingPart {

    private final ServingContext context;
    private final ViewSettings views;
    private final RoutingSettings routing;
    private final PositionSettings position;
    private final String host;
    private final ReadRoutes reads;
    private @Nullable Vertx vertx;
    private @Nullable PeerClient peers;
    private @Nullable LiveViews live;
    private volatile @Nullable PaymentHistory history;

    public ViewsPart(ServingContext context, GameTitles titles) {
        this.context = context;
        this.views = context.settings().bind("serving.views", ViewSettings.class);
        this.routing = context.settings().bind("serving.routing", RoutingSettings.class);
        this.position = context.settings().bind("serving.position", PositionSettings.class);
        HttpSettings http = context.settings().bind("serving.http", HttpSettings.class);
        this.host = AdvertisedHost.of(views.advertisedHost(), http.host());
        this.reads = new ReadRoutes(titles);
    }

    @Override
    public String name() {
        return "views";
    }

    @Override
    public void mount(Vertx vertx, HttpRoutes routes) {
        this.vertx = vertx;
        this.peers = new PeerClient(vertx, routing);
        reads.addTo(routes);
    }

    @Override
    public void start() {
        Peer self = new Peer(host, context.port().getAsInt());
        Vertx mounted = Objects.requireNonNull(vertx, "mount() comes first");
        LiveViews starting = new LiveViews(context, views, position, self, (registry, routes, waits) -> {
            LocalReads local = new LocalReads(mounted, waits, self.toString(), new StandbyAge(routing.maxStandbyAge()));
            PaymentHistory journal = new PaymentHistory(mounted, context.kafka(), context.registry());
            history = journal;
            reads.open(registry, new ReadFlow(registry, local, routes, Objects.requireNonNull(peers), waits), journal);
        });
        live = starting;
        starting.start();
    }

    @Override
    public Readiness.Status status() {
        LiveViews now = live;
        return now == null ? Readiness.Status.waiting("not started") : now.status();
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
        }
        PaymentHistory journal = history;
        if (journal != null) {
            journal.close();
        }
    }
}
