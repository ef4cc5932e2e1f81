package io.gamestream.serving;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.ComposedService;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.serving.changes.ChangesPart;
import io.gamestream.serving.dashboard.DashboardPart;
import io.gamestream.serving.read.ViewsPart;
import io.gamestream.serving.search.SearchPart;
import io.gamestream.serving.sessions.SessionsPart;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readers' HTTP door as a process. */
public final class ServingService extends ComposedService {

    private static final String NAME = "serving-api";
    private static final Logger LOG = LoggerFactory.getLogger(ServingService.class);

    private volatile int port;

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, ServingService::start);
    }

    /** Starts everything; ready some time later, see {@code /readyz}. */
    public static ServingService start(Settings settings) throws Exception {
        return open(new ServingService(), service -> service.open(settings));
    }

    private void open(Settings settings) {
        HttpSettings http = settings.bind("serving.http", HttpSettings.class);
        Metrics metrics = part(new Metrics(NAME));
        ServingContext context = new ServingContext(
                settings,
                settings.bind("kafka", KafkaSettings.class),
                settings.bind("registry", RegistrySettings.class),
                metrics,
                () -> port,
                this::fail);
        Readiness readiness = new Readiness();
        List<ServingPart> parts = parts(context);
        int eventLoops = Math.max(1, Runtime.getRuntime().availableProcessors());
        HttpService.Spec spec = new HttpService.Spec(NAME, http, "serving.http", eventLoops, readiness, metrics);
        for (ServingPart each : parts) {
            readiness.check(each.name(), each::status);
        }
        HttpService server = part(HttpService.start(
                spec,
                ServingApi.document(settings),
                (vertx, routes) -> parts.forEach(each -> each.mount(vertx, routes))));
        port = server.port();
        LOG.info("listening on http://{}:{}", http.host(), server.port());
        for (ServingPart each : parts) {
            part(each).start();
        }
    }

    /** In the order in which they start. */
    private static List<ServingPart> parts(ServingContext context) {
        List<ServingPart> parts = new ArrayList<>();
        SearchPart search = new SearchPart(context);
        parts.add(new ViewsPart(context, search.titles()));
        parts.add(search);
        parts.add(new SessionsPart(context, search.titles()));
        parts.add(new ChangesPart(context, search.titles()));
        parts.add(new DashboardPart());
        return parts;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }
}
