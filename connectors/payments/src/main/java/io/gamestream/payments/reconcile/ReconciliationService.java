package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.StripeBalance;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.ComposedService;
import io.gamestream.runtime.service.Reasons;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process {@code payments-reconciliation}: compares the PSP's books with ours, time after time. */
public final class ReconciliationService extends ComposedService {

    static final String NAME = "payments-reconciliation";

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationService.class);
    private static final long STOP_WITHIN_SECONDS = 5;
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private ReconciliationService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, ReconciliationService::start);
    }

    /** Starts it; the first run begins at once. */
    public static ReconciliationService start(Settings settings) throws Exception {
        return open(new ReconciliationService(), service -> service.open(settings));
    }

    private void open(Settings settings) {
        ReconciliationSettings own = settings.bind(NAME, ReconciliationSettings.class);
        Metrics metrics = part(new Metrics(NAME));
        ReconciliationMetrics told = new ReconciliationMetrics(metrics.registry());
        part(HttpService.start(new HttpService.Spec(NAME, own.http(), NAME + ".http", 1, new Readiness(), metrics)));
        Reconciliation reconciliation = new Reconciliation(
                settings.bind("kafka", KafkaSettings.class),
                new AvroSerdes(settings.bind("registry", RegistrySettings.class)),
                own,
                InstantSource.system());
        ScheduledExecutorService runs = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, NAME));
        part(() -> {
            runs.shutdownNow();
            if (!runs.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a run did not stop within {} s", STOP_WITHIN_SECONDS);
            }
        });
        next(runs, Duration.ZERO, () -> run(reconciliation, told) ? own.every() : again(own));
    }

    /** Sooner than usual: Kafka or the PSP may just have been away. */
    private static Duration again(ReconciliationSettings settings) {
        return settings.every().compareTo(AGAIN) < 0 ? settings.every() : AGAIN;
    }

    /** @param run returns when the next one is to come */
    private void next(ScheduledExecutorService runs, Duration after, Supplier<Duration> run) {
        // What a run throws ends the service; also an Error, or it would live on and never compare again.
        Future<?> unused = runs.schedule(
                () -> {
                    try {
                        next(runs, run.get(), run);
                    } catch (Throwable e) {
                        // Also that nothing more may be planned, when the service stops.
                        if (!runs.isShutdown()) {
                            fail(e);
                        }
                    }
                },
                after.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * False where one of the sides could not be read, or another run has begun; that is made up for by the next one, since
     * windows overlap.
     */
    private static boolean run(Reconciliation reconciliation, ReconciliationMetrics told) {
        try {
            Reconciliation.Run run = reconciliation.run();
            told.succeeded(run.report(), run.unreadable());
            if (run.unreadable() > 0) {
                LOG.warn(
                        "{} rows of the PSP can't be read and were not compared: what they moved has to be looked at"
                                + " by hand",
                        run.unreadable());
            }
            LOG.info(
                    "{} objects agree, open: {}",
                    run.report().getMatched(),
                    run.report().getBreaks());
            return true;
        } catch (Publisher.OvertakenException e) {
            // Whoever has begun may not come to an end: the books are compared again soon.
            LOG.info("{}", e.getMessage());
            return false;
        } catch (StripeBalance.UnreadableException | KafkaException | UncheckedIOException e) {
            told.failed();
            LOG.warn("the books could not be compared, and will be: {}", Reasons.of(e));
            return false;
        } catch (TooManyBreaksException e) {
            // Soon again it would be the same.
            told.failed();
            LOG.error("the books could not be compared: {}", Reasons.of(e));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
