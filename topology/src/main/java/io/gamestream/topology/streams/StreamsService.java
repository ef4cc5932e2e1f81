package io.gamestream.topology.streams;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.ComposedService;
import io.gamestream.runtime.settings.Settings;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A process of Kafka Streams applications behind one door for operators: what every domain's service is. */
public final class StreamsService extends ComposedService {

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
        return open(new StreamsService(), service -> service.open(name, http, settings, specs));
    }

    private void open(String name, HttpSettings http, Settings settings, Function<AvroSerdes, List<StreamsSpec>> specs)
            throws InterruptedException {
        KafkaSettings kafka = settings.bind("kafka", KafkaSettings.class);
        StreamsSettings streams = settings.bind("streams", StreamsSettings.class);
        AvroSerdes serdes = new AvroSerdes(settings.bind("registry", RegistrySettings.class));
        Metrics metrics = part(new Metrics(name));
        Readiness readiness = new Readiness();
        AtomicBoolean begun = new AtomicBoolean();
        // Who has no checks yet is ready, by its own word, before anything runs.
        readiness.check(
                "applications",
                () -> begun.get() ? Readiness.Status.READY : Readiness.Status.waiting("not all of them are started"));
        part(HttpService.start(new HttpService.Spec(name, http, name + ".http", 1, readiness, metrics)));
        for (StreamsSpec spec : specs.apply(serdes)) {
            StreamsApplication application = part(StreamsApplication.start(spec, kafka, streams, metrics, readiness));
            application.failure().whenComplete((ended, e) -> {
                if (e != null) {
                    fail(e);
                }
            });
        }
        begun.set(true);
    }
}
