package io.gamestream.serving;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.Service;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.serving.changes.ChangesPart;
import io.gamestream.serving.dashboard.DashboardPart;
import io.gamestream.serving.read.ViewsPart;
import io.gamestream.serving.search.SearchPart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readers' HTTP door as a process. */
public final class ServingService implements Service {

    private static final String NAME = "serving-api";
    private static final Logger LOG = LoggerFactory.getLogger(ServingService.class);

    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private volatile int port;

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, ServingService::start);
    }

    /** Starts everything; ready some time later, see {@code /readyz}. */
    public static ServingService start(Settings settings) throws Exception {
        ServingService service = new ServingService();
        try {
            service.open(settings);
            return service;
        } catch (Throwable e) {
            service.close();
            throw e;
        }
    }

    private void open(Settings settings) {
        HttpSettings http = settings.bind("serving.http", HttpSettings.class);
        Metrics metrics = new Metrics(NAME);
        open.push(metrics);
        ServingContext context = new ServingContext(
                settings,
                settings.bind("kafka", KafkaSettings.class),
                settings.bind("registry", RegistrySettings.class),
                metrics,
                () -> port,
                failure::completeExceptionally);
        Readiness readiness = new Readiness();
        List<ServingPart> parts = parts(context);
        int eventLoops = Math.max(1, Runtime.getRuntime().availableProcessors());
        HttpService.Spec spec = new HttpService.Spec(NAME, http, "serving.http", eventLoops, readiness, metrics);
        for (ServingPart part : parts) {
            readiness.check(part.name(), part::status);
        }
        HttpService server = HttpService.start(
                spec,
                ServingApi.document(settings),
                (vertx, routes) -> parts.forEach(part -> part.mount(vertx, routes)));
        open.push(server);
        port = server.port();
        LOG.info("listening on http://{}:{}", http.host(), server.port());
        for (ServingPart part : parts) {
            open.push(part);
            part.start();
        }
    }

    /** In the order in which they start. */
    private static List<ServingPart> parts(ServingContext context) {
        List<ServingPart> parts = new ArrayList<>();
        SearchPart search = new SearchPart(context);
        parts.add(new ViewsPart(context, search.titles()));
        parts.add(search);
        parts.add(new ChangesPart(context, search.titles()));
        parts.add(new DashboardPart());
        return parts;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable next = open.poll(); next != null; next = open.poll()) {
            next.close();
        }
    }
}
