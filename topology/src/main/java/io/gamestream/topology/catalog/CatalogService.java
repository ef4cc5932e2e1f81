package io.gamestream.topology.catalog;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.Closeables;
import io.gamestream.runtime.service.Service;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.topology.streams.StreamsApplication;
import io.gamestream.topology.streams.StreamsSettings;
import io.gamestream.topology.streams.StreamsSpec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The process {@code catalog}: both applications behind one door for operators. */
public final class CatalogService implements Service {

    private static final String NAME = "catalog";

    private final Closeables parts = new Closeables();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    private CatalogService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, CatalogService::start);
    }

    /** Starts it; it becomes ready in its own time. */
    public static CatalogService start(Settings settings) throws Exception {
        CatalogService service = new CatalogService();
        try {
            service.open(settings);
            return service;
        } catch (Exception e) {
            service.close();
            throw e;
        }
    }

    private void open(Settings settings) throws InterruptedException {
        CatalogConfig config = settings.bind(NAME, CatalogConfig.class);
        KafkaSettings kafka = settings.bind("kafka", KafkaSettings.class);
        StreamsSettings streams = settings.bind("streams", StreamsSettings.class);
        AvroSerdes serdes = new AvroSerdes(settings.bind("registry", RegistrySettings.class));
        Metrics metrics = parts.add(new Metrics(NAME));
        Readiness readiness = new Readiness();
        parts.add(HttpService.start(new HttpService.Spec(NAME, config.http(), NAME + ".http", 1, readiness, metrics)));
        for (StreamsSpec spec : new StreamsSpec[] {
            CatalogTopology.spec(serdes, config.views()), SalesTopology.spec(serdes, config.sales())
        }) {
            StreamsApplication application =
                    parts.add(StreamsApplication.start(spec, kafka, streams, metrics, readiness));
            application.failure().whenComplete((ended, e) -> {
                if (e != null) {
                    failure.completeExceptionally(e);
                }
            });
        }
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    @Override
    public void close() throws Exception {
        parts.close();
        failure.complete(null);
    }
}
