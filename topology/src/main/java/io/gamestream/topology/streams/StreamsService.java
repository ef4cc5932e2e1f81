package io.gamestream.topology.streams;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.Closeables;
import io.gamestream.runtime.service.Service;
import io.gamestream.runtime.settings.Settings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A process of Kafka Streams applications behind one door for operators: what every domain's service is. */
public final class StreamsService implements Service {

    private final Closeables parts = new Closeables();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    private StreamsService() {}

    /**
     * Starts it; it becomes ready in its own time, and fails where one of its applications does.
     *
     * @param name of the service; {@code NAME.http} is where its HTTP settings are
     * @param specs of the applications, made with the serdes that they share
     */
    public static StreamsService start(
            String name, HttpSettings http, Settings settings, Function<AvroSerdes, List<StreamsSpec>> specs)
            throws Exception {
        StreamsService service = new StreamsService();
        try {
            service.open(name, http, settings, specs);
            return service;
        } catch (Exception e) {
            service.close();
            throw e;
        }
    }

    private void open(String name, HttpSettings http, Settings settings, Function<AvroSerdes, List<StreamsSpec>> specs)
            throws InterruptedException {
        KafkaSettings kafka = settings.bind("kafka", KafkaSettings.class);
        StreamsSettings streams = settings.bind("streams", StreamsSettings.class);
        AvroSerdes serdes = new AvroSerdes(settings.bind("registry", RegistrySettings.class));
        Metrics metrics = parts.add(new Metrics(name));
        Readiness readiness = new Readiness();
        parts.add(HttpService.start(new HttpService.Spec(name, http, name + ".http", 1, readiness, metrics)));
        for (StreamsSpec spec : specs.apply(serdes)) {
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
