package io.gamestream.chaos.payments.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.chaos.payments.check.Exchange;
import io.gamestream.chaos.payments.load.Wish.Follow;
import io.gamestream.chaos.payments.load.Wish.Repeat;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Players by a seed. Each repeats a request, with the same key, until the gateway has said yes or no for good: a timeout, a 409
 * and a 5xx are neither.
 */
public final class Load implements AutoCloseable {

    /** One bad request, one forged webhook and one that is too old, for each so many orders. */
    private static final int BAD_EVERY = 15;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long AGAIN_MS = 250;
    private static final int THREADS = 24;

    private final Supplier<String> gateway;
    private final String secret;
    private final List<Wish> wishes;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong lastAskedNanos = new AtomicLong(Long.MIN_VALUE);
    private volatile boolean givenUp;

    /**
     * Players who have not begun yet.
     *
     * @param gateway where it answers, such as {@code http://127.0.0.1:8095}
     * @param secret that webhooks are signed with
     */
    public Load(Supplier<String> gateway, String secret, long seed, int orders, Duration within) {
        this.gateway = gateway;
        this.secret = secret;
        this.wishes = Wishes.of(seed, orders, within);
    }

    /** Begins; goes on by itself. */
    public void start() {
        for (Wish wish : wishes) {
            later(wish.at(), () -> place(wish));
            if (wish.number() % BAD_EVERY == 0) {
                later(wish.at(), () -> bad(wish.number()));
                later(wish.at(), () -> send(Forgery.unsigned(wish.number(), someOrder(), Instant.now())));
                later(wish.at(), () -> send(Forgery.stale(wish.number(), someOrder(), Instant.now(), secret)));
            }
        }
    }

    /** Share of the load after which the PSP's webhooks are to be lost, and no more. */
    public static double silentFrom() {
        return Wishes.SILENT_FROM;
    }

    public static double silentTo() {
        return Wishes.SILENT_TO;
    }

    /** Requests without a final answer, those to come included. */
    public int open() {
        return open.get();
    }

    /**
     * Whether an order was accepted that was asked for after a moment. When its answer came says nothing: a process that has died
     * since may have given it.
     *
     * @param nanos of {@link System#nanoTime}
     */
    public boolean hasAccepted(long nanos) {
        return lastAskedNanos.get() > nanos;
    }

    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Nobody asks any more. */
    @Override
    public void close() {
        givenUp = true;
        threads.shutdownNow();
    }

    private void later(Duration after, Runnable work) {
        open.incrementAndGet();
        Future<?> unused = threads.schedule(
                () -> {
                    try {
                        work.run();
                    } finally {
                        open.decrementAndGet();
                    }
                },
                after.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void place(Wish wish) {
        if (wish.repeat() == Repeat.TWICE) {
            later(Duration.ZERO, () -> ask(Exchange.Kind.PLACE, "/v1/orders", wish.key(), wish.body(), wish.silent()));
        }
        Exchange placed = ask(Exchange.Kind.PLACE, "/v1/orders", wish.key(), wish.body(), wish.silent());
        if (!placed.accepted()) {
            return;
        }
        if (wish.repeat() == Repeat.AGAIN) {
            later(
                    Duration.ofSeconds(1),
                    () -> ask(Exchange.Kind.PLACE, "/v1/orders", wish.key(), wish.body(), wish.silent()));
        } else if (wish.repeat() == Repeat.OTHER_BODY) {
            String other = wish.body().replace("\"userId\":\"u", "\"userId\":\"u1");
            later(Duration.ZERO, () -> ask(Exchange.Kind.PLACE, "/v1/orders", wish.key(), other, wish.silent()));
        }
        int nth = 0;
        for (Follow follow : wish.follows()) {
            String key = wish.key() + "-f" + nth++;
            String body = follow.body()
                    .replace("TOTAL", Long.toString(placed.totalMinor()))
                    .replace("HALF", Long.toString(Math.max(1, placed.totalMinor() / 2)));
            later(
                    follow.after(),
                    () -> ask(
                            Exchange.Kind.FOLLOW_UP,
                            "/v1/orders/" + placed.orderId() + "/" + follow.what(),
                            key,
                            body,
                            wish.silent()));
        }
    }

    private void bad(int number) {
        ask(Exchange.Kind.BAD, "/v1/orders", "bad-" + number, Bad.body(number / BAD_EVERY), false);
    }

    private String someOrder() {
        return exchanges.stream()
                .filter(exchange -> exchange.kind() == Exchange.Kind.PLACE && exchange.accepted())
                .map(exchange -> String.valueOf(exchange.orderId()))
                .findFirst()
                .orElse("ord_none");
    }

    private void send(Forgery forgery) {
        send(
                Exchange.Kind.FORGED,
                request("/webhooks/stripe", forgery.body()).header("Stripe-Signature", forgery.signature()),
                forgery.event(),
                forgery.body(),
                false);
    }

    private Exchange ask(Exchange.Kind kind, String path, String key, String body, boolean silent) {
        return send(kind, request(path, body).header("Idempotency-Key", key), key, body, silent);
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(gateway.get() + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private Exchange send(Exchange.Kind kind, HttpRequest.Builder request, String key, String body, boolean silent) {
        int status = 0;
        String answer = "";
        long asked = Long.MIN_VALUE;
        while (!givenUp && !isFinal(status)) {
            try {
                asked = System.nanoTime();
                HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
                status = response.statusCode();
                answer = response.body();
                if (!isFinal(status)) {
                    TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
                }
            } catch (IOException e) {
                status = 0;
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        Exchange exchange = exchange(kind, key, body, status, answer, silent);
        exchanges.add(exchange);
        if (kind == Exchange.Kind.PLACE && exchange.accepted()) {
            lastAskedNanos.accumulateAndGet(asked, Math::max);
        }
        return exchange;
    }

    private static boolean isFinal(int status) {
        return status >= 200 && status < 500 && status != 409 && status != 429 && status != 408;
    }

    private static Exchange exchange(
            Exchange.Kind kind, String key, String body, int status, String answer, boolean silent) {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(answer);
        } catch (IOException e) {
            json = Json.MAPPER.createObjectNode();
        }
        String order = json.path("orderId").asText();
        return new Exchange(
                kind,
                key,
                body,
                status,
                order.isEmpty() ? null : order,
                answer,
                json.at("/total/amountMinor").asLong(),
                silent);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
