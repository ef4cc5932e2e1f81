package io.gamestream.runtime.http;

import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.settings.SettingsException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A listening HTTP server with the operations endpoints and a service's own routes. */
public final class HttpService implements AutoCloseable {

    /** How long requests under way may take when the service stops; streams are cut then. */
    private static final Duration DRAIN = Duration.ofSeconds(2);

    /** So that an endpoint can say what is wrong with a query that is far too long; beyond it the server refuses by itself. */
    private static final int MAX_REQUEST_LINE = 16 * 1024;

    /** Clients that connect and say nothing are not kept; a stream has a heartbeat more often. */
    private static final Duration IDLE = Duration.ofSeconds(75);

    private static final Duration START_WITHIN = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final List<HttpServer> servers;

    /**
     * What to start.
     *
     * @param service the {@code service} label of the metrics
     * @param settings where to listen
     * @param settingPath of these settings, such as {@code catalog.http}, for the message about a busy port
     * @param eventLoops threads that serve requests; 1 is enough for operations endpoints alone
     */
    public record Spec(
            String service,
            HttpSettings settings,
            String settingPath,
            int eventLoops,
            Readiness readiness,
            Metrics metrics) {}

    private HttpService(Vertx vertx, List<HttpServer> servers) {
        this.vertx = vertx;
        this.servers = servers;
    }

    /** A server with nothing but operations endpoints. */
    public static HttpService start(Spec spec) {
        return start(spec, ApiDocument.operationsOnly(), (vertx, routes) -> {});
    }

    /** A server whose own routes are not described and whose queries nobody checks. */
    public static HttpService start(Spec spec, BiConsumer<Vertx, HttpRoutes> routes) {
        return start(spec, null, routes);
    }

    /**
     * Starts to listen.
     *
     * @param document what {@code /openapi.json} answers and requests are checked by; null for the operations endpoints alone,
     *     unchecked
     * @param routes adds the service's routes, once
     * @throws SettingsException where the port is busy or the address isn't ours; it names the setting
     * @throws IllegalStateException where the document and the routes are not the same
     */
    public static HttpService start(Spec spec, @Nullable ApiDocument document, BiConsumer<Vertx, HttpRoutes> routes) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(spec.eventLoops())
                .setWorkerPoolSize(4)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        try {
            return listen(vertx, spec, document, routes);
        } catch (RuntimeException e) {
            vertx.close();
            throw e;
        }
    }

    private static HttpService listen(
            Vertx vertx, Spec spec, @Nullable ApiDocument document, BiConsumer<Vertx, HttpRoutes> routes) {
        RequestMetrics requests = new RequestMetrics(spec.service());
        spec.metrics().register(requests);
        HttpRoutes all = new HttpRoutes(Router.router(vertx), requests, document);
        routes.accept(vertx, all);
        ApiDocument told = document == null ? ApiDocument.operationsOnly() : document;
        new OpsRoutes(vertx, spec.readiness(), spec.metrics(), told).addTo(all);
        Handler<HttpServerRequest> handler = all.build();
        List<HttpServer> servers = new CopyOnWriteArrayList<>();
        Future<String> deployed = vertx.deployVerticle(
                () -> new Listener(spec.settings(), handler, requests, servers),
                new DeploymentOptions().setInstances(spec.eventLoops()));
        try {
            deployed.await(START_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    spec.settingPath() + ": not listening after " + START_WITHIN.toSeconds() + " s", e);
        } catch (Exception e) {
            throw refused(spec, e);
        }
        return new HttpService(vertx, servers);
    }

    /** The port it listens on. */
    public int port() {
        return servers.get(0).actualPort();
    }

    /** For clients and timers of the service, closed with it. */
    public Vertx vertx() {
        return vertx;
    }

    /** Stops accepting, lets requests under way end, within a bound. */
    @Override
    public void close() throws TimeoutException {
        Future<?> stopped = Future.join(servers.stream()
                .map(server -> server.shutdown(DRAIN.toMillis(), TimeUnit.MILLISECONDS))
                .toList());
        stopped.transform(result -> vertx.close()).await(DRAIN.toSeconds() + 3, TimeUnit.SECONDS);
    }

    private static RuntimeException refused(Spec spec, Throwable e) {
        if (e instanceof BindException) {
            HttpSettings at = spec.settings();
            return new SettingsException(
                    "port " + at.port() + " on " + at.host() + " can't be listened on: " + e.getMessage()
                            + "; stop what uses it, or set " + spec.settingPath()
                            + ".port to another (0: any free one)",
                    e);
        }
        return new SettingsException(
                "setting " + spec.settingPath() + ": can't listen on "
                        + spec.settings().host() + ":" + spec.settings().port() + ": " + e,
                e);
    }

    /** One per event loop; they share the port. */
    private static final class Listener extends VerticleBase {

        private final HttpSettings settings;
        private final Handler<HttpServerRequest> handler;
        private final RequestMetrics requests;
        private final List<HttpServer> servers;

        private Listener(
                HttpSettings settings,
                Handler<HttpServerRequest> handler,
                RequestMetrics requests,
                List<HttpServer> servers) {
            this.settings = settings;
            this.handler = handler;
            this.requests = requests;
            this.servers = servers;
        }

        @Override
        public Future<?> start() {
            // With several servers, port 0 would be a free port for each.
            SocketAddress address = settings.port() == 0
                    ? SocketAddress.sharedRandomPort(1, settings.host())
                    : SocketAddress.inetSocketAddress(settings.port(), settings.host());
            return vertx.createHttpServer(new HttpServerOptions()
                            .setMaxInitialLineLength(MAX_REQUEST_LINE)
                            .setIdleTimeout(Math.toIntExact(IDLE.toSeconds())))
                    .connectionHandler(connection -> {
                        requests.connected();
                        connection.closeHandler(closed -> requests.disconnected());
                    })
                    .requestHandler(handler)
                    .listen(address)
                    .onSuccess(servers::add);
        }
    }
}
