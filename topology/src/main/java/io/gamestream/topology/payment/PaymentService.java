package io.gamestream.topology.payment;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The process {@code payments}: saga, router and ledger behind one door for operators. */
public final class PaymentService implements Service {

    private static final String NAME = "payments";

    private final Closeables parts = new Closeables();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    private PaymentService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, PaymentService::start);
    }

    /** Starts it; it becomes ready in its own time. */
    public static PaymentService start(Settings settings) throws Exception {
        PaymentService service = new PaymentService();
        try {
            service.open(settings);
            return service;
        } catch (Exception e) {
            service.close();
            throw e;
        }
    }

    private void open(Settings settings) throws InterruptedException {
        PaymentConfig config = settings.bind(NAME, PaymentConfig.class);
        KafkaSettings kafka = settings.bind("kafka", KafkaSettings.class);
        StreamsSettings streams = settings.bind("streams", StreamsSettings.class);
        AvroSerdes serdes = new AvroSerdes(settings.bind("registry", RegistrySettings.class));
        Metrics metrics = parts.add(new Metrics(NAME));
        Readiness readiness = new Readiness();
        parts.add(HttpService.start(new HttpService.Spec(NAME, config.http(), NAME + ".http", 1, readiness, metrics)));
        for (StreamsSpec spec : List.of(PaymentTopology.spec(serdes, config), LedgerTopology.spec(serdes, config))) {
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
