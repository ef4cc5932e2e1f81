package io.gamestream.payments.worker;

import io.gamestream.payments.psp.GuardedProvider;
import io.gamestream.payments.psp.RateLimit;
import io.gamestream.payments.psp.StripeProvider;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.ComposedService;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The process {@code payments-worker}. */
public final class PaymentsWorkerService extends ComposedService {

    private static final String NAME = "payments-worker";

    /** Below what a supervisor grants, and above the drain. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(8);

    private final AtomicBoolean stopping = new AtomicBoolean();

    private PaymentsWorkerService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, PaymentsWorkerService::start);
    }

    /** Starts it; it becomes ready when it has partitions to read, or nothing to do. */
    public static PaymentsWorkerService start(Settings settings) throws Exception {
        return open(new PaymentsWorkerService(), service -> service.open(settings));
    }

    private void open(Settings settings) {
        WorkerSettings worker = settings.bind(NAME, WorkerSettings.class);
        KafkaSettings kafka = settings.bind("kafka", KafkaSettings.class);
        AvroSerdes serdes = new AvroSerdes(settings.bind("registry", RegistrySettings.class));
        Metrics metrics = part(new Metrics(NAME));
        Readiness readiness = new Readiness();
        part(HttpService.start(new HttpService.Spec(NAME, worker.http(), NAME + ".http", 1, readiness, metrics)));

        String account = worker.provider().baseUrl().getHost();
        RateLimit limit = new RateLimit(worker.provider().rate());
        GuardedProvider provider = part(new GuardedProvider(
                new StripeProvider(worker.provider(), limit, InstantSource.system()),
                account,
                worker.provider(),
                limit,
                InstantSource.system()));
        provider.bindTo(metrics.registry());
        Codec codec = new Codec(serdes.valueSerde(PspCommand.class), serdes.valueSerde(PspResult.class));
        KafkaConsumer<String, byte[]> consumer = consumer(kafka, worker);
        metrics.bind(consumer);
        PspWorker loop = new PspWorker(
                consumer, new Results(() -> producer(kafka, worker)), codec, provider, worker, InstantSource.system());
        readiness.check(
                "provider",
                () -> provider.accepts()
                        ? Readiness.Status.READY
                        : Readiness.Status.waiting("the circuit of " + account + " is open"));
        Thread thread = new Thread(() -> run(loop), NAME);
        thread.start();
        part(() -> {
            stopping.set(true);
            thread.join(STOP_WITHIN.toMillis());
        });
    }

    private void run(PspWorker loop) {
        try {
            loop.subscribe();
            while (!stopping.get()) {
                loop.turn();
            }
        } catch (Throwable e) {
            // Also an Error: a worker without its thread would look alive.
            fail(e);
        }
        // Not by try-with-resources: a client that is fenced throws the same exception again, which can't suppress
        // itself.
        try {
            loop.close();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(KafkaSettings kafka, WorkerSettings worker) {
        Map<String, Object> properties = KafkaClients.consumer(kafka, NAME + "-" + worker.instance());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, NAME);
        // A worker that was killed and is started again goes on at once, and not when the group has missed it.
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, NAME + "-" + worker.instance());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                worker.sessionTimeout().toMillis());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, worker.inFlight());
        // The saga commits many times a second, on a few partitions each time: one fetch for several of them.
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1 << 20);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Producer<String, byte[]> producer(KafkaSettings kafka, WorkerSettings worker) {
        Map<String, Object> properties = KafkaClients.producer(kafka, NAME + "-" + worker.instance());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, NAME + "-" + worker.instance());
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int)
                worker.transactionTimeout().toMillis());
        // The commit sends what lingers. Sent one by one, the second request of a transaction overtakes the first,
        // which the
        // broker still looks at, and is refused and sent again after a pause.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 100);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Results.PATIENCE.toMillis());
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }
}
