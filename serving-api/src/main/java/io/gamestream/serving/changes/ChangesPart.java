package io.gamestream.serving.changes;

import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Problems;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.serving.GameTitles;
import io.gamestream.serving.ServingContext;
import io.gamestream.serving.ServingPart;
import io.gamestream.serving.view.View;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/changes/{view}}. */
public final class ChangesPart implements ServingPart {

    private static final Logger LOG = LoggerFactory.getLogger(ChangesPart.class);
    private static final Duration TAIL_WITHIN = Duration.ofSeconds(10);
    private static final long IDLE_CHECK_MILLIS = 5_000;

    private final ServingContext context;
    private final ChangesSettings settings;
    private final GameTitles titles;
    private final Counter unreadable;
    private final Counter cut;
    private final AtomicInteger clients = new AtomicInteger();
    private final ViewTails tails = new ViewTails(this::tail);
    private final Admin admin;
    private final TopicFacts facts;
    private final ExecutorService catchUps;

    /** @param titles for the libraries */
    public ChangesPart(ServingContext context, GameTitles titles) {
        this.context = context;
        this.settings = context.settings().bind("serving.changes", ChangesSettings.class);
        this.titles = titles;
        MeterRegistry meters = context.metrics().registry();
        this.unreadable = Counter.builder("serving.changes.unreadable")
                .description("Records that could not be read and were not sent to clients")
                .register(meters);
        this.cut = Counter.builder("serving.changes.cut")
                .description("Streams that were disconnected: too slow, or their view could not be followed")
                .register(meters);
        Gauge.builder("serving.changes.clients", clients, AtomicInteger::get)
                .description("Open streams of changes")
                .register(meters);
        this.admin = Admin.create(KafkaClients.admin(context.kafka(), "serving-changes"));
        this.facts = new TopicFacts(admin);
        this.catchUps =
                Executors.newFixedThreadPool(settings.maxCatchUps(), task -> new Thread(task, "changes-catch-up"));
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public void mount(Vertx vertx, HttpRoutes routes) {
        routes.get("/v1/changes/{view}", this::open);
        vertx.setPeriodic(IDLE_CHECK_MILLIS, tick -> tails.closeIdle(settings.idleAfter()));
    }

    @Override
    public void start() {}

    /** Consumers start with their first client, so it is always ready. */
    @Override
    public Readiness.Status status() {
        return Readiness.Status.READY;
    }

    @Override
    public void close() {
        // Readers see that their tail is closed and end by themselves.
        tails.close();
        catchUps.shutdown();
        try {
            if (!catchUps.awaitTermination(1, TimeUnit.SECONDS)) {
                catchUps.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        admin.close(Duration.ofSeconds(1));
    }

    private void open(RoutingContext routing) {
        ChangesRequest request = ChangesRequest.of(
                routing.pathParam("view"),
                Parameters.of(routing),
                routing.request().getHeader("Last-Event-ID"));
        if (clients.incrementAndGet() > settings.maxClients()) {
            clients.decrementAndGet();
            routing.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
            throw new ProblemException(Problem.unavailable(
                    "There are " + settings.maxClients() + " streams already (serving.changes.max-clients)."));
        }
        Context client = routing.vertx().getOrCreateContext();
        routing.vertx()
                .executeBlocking(() -> start(request), false)
                .onSuccess(start -> begin(routing, client, request, start))
                .onFailure(e -> {
                    clients.decrementAndGet();
                    Problems.send(
                            routing.response(),
                            Problems.of(e, "GET /v1/changes/" + request.view().label()));
                });
    }

    /**
     * Where a stream starts.
     *
     * @param reset why it doesn't start where the client was; null where it does
     */
    private record Start(StreamPosition position, @Nullable String reset, ViewTail tail, int partitions) {}

    private Start start(ChangesRequest request) throws InterruptedException {
        View view = request.view();
        ResumeCheck check;
        try {
            check = facts.of(view.topic());
        } catch (IllegalStateException e) {
            LOG.warn("a client of the changes of {} is turned away: {}", view.label(), e.getMessage());
            throw new ProblemException(Problem.unavailable("Kafka does not tell about the view now."));
        }
        int partitions = check.ends().partitions();
        ViewTail tail = tails.of(view, partitions);
        if (!tail.awaitStarted(TAIL_WITHIN)) {
            throw new ProblemException(
                    Problem.unavailable("The changes of " + view.label() + " can't be followed now."));
        }
        long now = System.currentTimeMillis();
        char code = ChangesRequest.code(view);
        StreamPosition after = request.after();
        if (after != null) {
            String reset = check.refusal(after, now).orElse(null);
            return new Start(reset == null ? after : check.beginning(code, now), reset, tail, partitions);
        }
        StreamPosition position = request.fromBeginning()
                ? check.beginning(code, now)
                : new StreamPosition(code, check.topicId(), now, tail.next());
        return new Start(position, null, tail, partitions);
    }

    private void begin(RoutingContext routing, Context client, ChangesRequest request, Start start) {
        Outbox outbox = new Outbox(start.position(), start.partitions(), request.key(), settings.clientBufferBytes());
        EventStream stream = new EventStream(
                routing.vertx(), client, routing.request(), outbox, start.tail(), clients::decrementAndGet, cut);
        stream.open(settings, start.reset());
        // Most clients need no catching up, and must not wait for the turn of one that does.
        routing.vertx().executeBlocking(() -> start.tail().join(stream), false).onSuccess(joined -> {
            if (!joined) {
                catchUp(request.view(), stream, start.tail());
            }
        });
    }

    private void catchUp(View view, EventStream stream, ViewTail tail) {
        try {
            catchUps.execute(() -> bring(view, stream, tail));
        } catch (RejectedExecutionException e) {
            stream.disconnect("the service stops");
        }
    }

    private void bring(View view, EventStream stream, ViewTail tail) {
        if (stream.isClosed() || tail.join(stream)) {
            return;
        }
        try (Consumer<String, byte[]> consumer = consumer("serving-changes-catch-up")) {
            new CatchUpReader(consumer, renderer(), tail, settings.heartbeat().multipliedBy(3))
                    .bring(view.topic(), stream);
        } catch (InterruptException | InterruptedException e) {
            stream.disconnect("the service stops");
        } catch (RuntimeException e) {
            LOG.error("old changes of {} can't be read; the client is disconnected and may come back", view.label(), e);
            stream.disconnect("old changes can't be read");
        }
    }

    private ViewTail tail(View view, int partitions) {
        return new ViewTail(
                view.topic(),
                partitions,
                () -> consumer("serving-changes-" + view.label()),
                renderer(),
                settings.recentChanges());
    }

    private ChangeRenderer renderer() {
        return new ChangeRenderer(
                new AvroSerdes(context.registry()).<SpecificRecord>valueSerde().deserializer(), titles, unreadable);
    }

    private Consumer<String, byte[]> consumer(String clientId) {
        Map<String, Object> properties = KafkaClients.consumer(context.kafka(), clientId);
        // An idle fetch is answered this often, and with it a client's position is known to be complete.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 200);
        // A catch-up is as fast as its client; what is fetched ahead of it only costs memory.
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * 1024 * 1024);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
