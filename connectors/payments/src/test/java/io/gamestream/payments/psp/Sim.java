package io.gamestream.payments.psp;

import io.gamestream.local.psp.PspService;
import io.gamestream.local.psp.PspSettings;
import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.PspObject;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.local.psp.log.TruthLog;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PspCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The PSP simulator, and commands for it. */
public final class Sim implements AutoCloseable {

    public static final String KEY = "sk_test_gamestream";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path dir;
    private final PspService service;

    public Sim(Path dir) throws Exception {
        this(dir, Clock.systemUTC());
    }

    /** Its objects are as old as the clock says. */
    public Sim(Path dir, Clock clock) throws Exception {
        this.dir = dir;
        Settings settings = Settings.load(
                null,
                Map.of(),
                Map.of(
                        // Only by hand.
                        "local.psp.terms.challenge-ms", "600000",
                        "local.psp.data-dir", dir.toString(),
                        "local.psp.http.port", "0",
                        "local.psp.api-key", KEY,
                        "local.psp.webhooks.url", "",
                        "local.psp.faults.transport.latency-min-ms", "0",
                        "local.psp.faults.transport.latency-max-ms", "0",
                        "local.psp.faults.transport.hold-ms", "5000",
                        "local.psp.faults.transport.slow-ms", "400"));
        service = PspService.start(settings.bind("local.psp", PspSettings.class), clock);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    public ProviderSettings settings(Duration timeout) {
        return settings(url(), KEY, timeout);
    }

    public static ProviderSettings settings(URI url, String key, Duration timeout) {
        return new ProviderSettings(
                url,
                key,
                timeout,
                Duration.ofMillis(500),
                new ProviderSettings.Breaker(50, Duration.ofSeconds(10), 4, Duration.ofMillis(300), 1),
                new ProviderSettings.Rate(1_000, Duration.ofSeconds(1)));
    }

    /** Asked without a limit that a test could meet. */
    public static StripeProvider provider(ProviderSettings settings) {
        return new StripeProvider(settings, new RateLimit(settings.rate()), InstantSource.system());
    }

    /** The next request of an operation meets a fault. */
    public void script(String operation, String fault) throws Exception {
        post("/_sim/scripts", "{\"operation\":\"" + operation + "\",\"fault\":\"" + fault + "\"}");
    }

    /** The player proves to the bank who they are. */
    public void authenticate(String intentId) throws Exception {
        post("/_sim/payment_intents/" + intentId + "/authenticate", "{\"passes\": true}");
    }

    private void post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + KEY)
                .POST(BodyPublishers.ofString(body))
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IllegalStateException(path + " " + body + " answered with " + status);
        }
    }

    /** Charges that succeeded, counted by the simulator's own log. */
    public int charges() {
        Set<String> charged = new HashSet<>();
        TruthLog.read(dir.resolve("psp-truth.jsonl"), (entry, ref) -> {
            if (entry instanceof Entry.Change change) {
                for (PspObject object : change.objects()) {
                    if (object instanceof Charge charge && charge.taken()) {
                        charged.add(charge.id());
                    }
                }
            }
        });
        return charged.size();
    }

    public static PspCommand.Builder command(OperationKind kind, String orderId, int n) {
        return PspCommand.newBuilder()
                .setOperationId(orderId + ":" + kind.name().toLowerCase(Locale.ROOT) + ":" + n)
                .setOrderId(orderId)
                .setKind(kind)
                .setAttempt(1)
                .setCaptureMode(CaptureMode.AUTOMATIC)
                .setPresence(CustomerPresence.INTERACTIVE)
                .setIssue(1)
                .setFirstIssuedAt(Instant.now())
                .setDeadline(Instant.now().plusSeconds(60));
    }

    public static PspCommand create(String orderId) {
        return create(orderId, "pm_card_visa");
    }

    public static PspCommand create(String orderId, String method) {
        return command(OperationKind.CREATE, orderId, 1)
                .setAmountMinor(1_999L)
                .setCurrency("EUR")
                .setPaymentMethod(method)
                .build();
    }

    @Override
    public void close() throws Exception {
        service.close();
    }
}
