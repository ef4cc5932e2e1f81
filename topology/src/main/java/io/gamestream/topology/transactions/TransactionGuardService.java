package io.gamestream.topology.transactions;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.ComposedService;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process {@code transaction-guard}. One is enough; several do no harm. */
public final class TransactionGuardService extends ComposedService {

    private static final String NAME = "transaction-guard";
    private static final Logger LOG = LoggerFactory.getLogger(TransactionGuardService.class);
    private static final long STOP_WITHIN_SECONDS = 5;

    private TransactionGuardService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, TransactionGuardService::start);
    }

    /** Starts it; it becomes ready with its first round. */
    public static TransactionGuardService start(Settings settings) throws Exception {
        return open(new TransactionGuardService(), service -> service.open(settings));
    }

    private void open(Settings settings) {
        TransactionGuardSettings own = settings.bind(NAME, TransactionGuardSettings.class);
        KafkaSettings kafka = settings.bind("kafka", KafkaSettings.class);
        Metrics metrics = part(new Metrics(NAME));
        Readiness readiness = new Readiness();
        part(HttpService.start(new HttpService.Spec(NAME, own.http(), NAME + ".http", 1, readiness, metrics)));
        Admin admin = part(Admin.create(KafkaClients.admin(kafka, NAME)));
        TransactionGuard guard = new TransactionGuard(new Survey(admin), own, metrics.registry(), System::nanoTime);
        AtomicBoolean seen = new AtomicBoolean();
        readiness.check(
                "transactions",
                () -> seen.get()
                        ? Readiness.Status.READY
                        : Readiness.Status.waiting("the last round could not ask everybody"));
        ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, NAME));
        part(() -> {
            rounds.shutdownNow();
            if (!rounds.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a round did not stop within {} s", STOP_WITHIN_SECONDS);
            }
        });
        Future<?> unused = rounds.scheduleWithFixedDelay(
                () -> round(guard, seen), 0, own.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round(TransactionGuard guard, AtomicBoolean seen) {
        try {
            seen.set(guard.round());
        } catch (RuntimeException e) {
            fail(e);
            throw e;
        }
    }
}
