package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.StripeBalance;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.Closeables;
import io.gamestream.runtime.service.Reasons;
import io.gamestream.runtime.service.Service;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process {@code payments-reconciliation}: compares the PSP's books with ours, time after time. */
public final class ReconciliationService implements Service {

    static final String NAME = "payments-reconciliation";

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationService.class);
    private static final long STOP_WITHIN_SECONDS = 5;

    private final Closeables parts = new Closeables();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    private ReconciliationService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, ReconciliationService::start);
    }

    /** Starts it; the first run begins at once. */
    public static ReconciliationService start(Settings settings) throws Exception {
        ReconciliationService service = new ReconciliationService();
        try {
            service.open(settings);
            return service;
        } catch (Exception e) {
            service.close();
            throw e;
        }
    }

    private void open(Settings settings) {
        ReconciliationSettings own = settings.bind(NAME, ReconciliationSettings.class);
        Metrics metrics = parts.add(new Metrics(NAME));
        ReconciliationMetrics told = new ReconciliationMetrics(metrics.registry());
        parts.add(
                HttpService.start(new HttpService.Spec(NAME, own.http(), NAME + ".http", 1, new Readiness(), metrics)));
        Reconciliation reconciliation = new Reconciliation(
                settings.bind("kafka", KafkaSettings.class),
                new AvroSerdes(settings.bind("registry", RegistrySettings.class)),
                own,
                InstantSource.system());
        ScheduledExecutorService runs = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, NAME));
        parts.add(() -> {
            runs.shutdownNow();
            if (!runs.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a run did not stop within {} s", STOP_WITHIN_SECONDS);
            }
        });
        // What a run throws ends the service, see there.
        Future<?> unused = runs.scheduleWithFixedDelay(
                () -> run(reconciliation, told), 0, own.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A run that can't read one of the sides is counted and made up for by the next one: the window overlaps. */
    private void run(Reconciliation reconciliation, ReconciliationMetrics told) {
        try {
            Reconciliation.Run run = reconciliation.run();
            told.succeeded(run.report());
            LOG.info(
                    "{} objects agree, open: {}",
                    run.report().getMatched(),
                    run.report().getBreaks());
        } catch (StripeBalance.UnreadableException | KafkaException e) {
            told.failed();
            LOG.warn("the books could not be compared, and will be: {}", Reasons.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.completeExceptionally(e);
            throw e;
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
