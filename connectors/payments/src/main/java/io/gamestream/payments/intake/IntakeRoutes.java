package io.gamestream.payments.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gamestream.payments.intake.Idempotent.Answer;
import io.gamestream.payments.intake.Idempotent.Work;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Problems;
import io.gamestream.runtime.service.Reasons;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/orders} and what follows of an order: 202 when it is committed, the same 202 for whoever repeats it, 503 with
 * {@code Retry-After} while Postgres is away, or too many wait for it.
 */
final class IntakeRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeRoutes.class);
    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_KEY = 255;
    private static final String RETRY_AFTER_SECONDS = "2";
    private static final ObjectReader JSON = Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The same bytes for the same JSON, however it was written. */
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Idempotent idempotent;
    private final Orders orders;
    private final Bodies bodies;
    private final WorkerExecutor threads;
    private final Duration patience;

    /** Each one under way has a connection to Postgres, or waits for its turn. */
    private final Semaphore slots;

    /**
     * Routes.
     *
     * @param threads as many as there are connections
     * @param settings bound how many requests there are at a time, and how long one waits: the queue of the threads does neither
     */
    IntakeRoutes(Idempotent idempotent, Orders orders, Bodies bodies, WorkerExecutor threads, IntakeSettings settings) {
        this.idempotent = idempotent;
        this.orders = orders;
        this.bodies = bodies;
        this.threads = threads;
        this.slots = new Semaphore(settings.inFlight());
        this.patience = settings.patience();
    }

    void addTo(HttpRoutes routes) {
        add(routes, "/v1/orders", (id, body) -> {
            Request.Place place = bodies.place(body);
            return transaction -> orders.place(transaction, place);
        });
        add(routes, "/v1/orders/{id}/refunds", (id, body) -> {
            Request.Refund refund = bodies.refund(id, body);
            return transaction -> orders.refund(transaction, refund);
        });
        add(routes, "/v1/orders/{id}/cancel", (id, body) -> {
            Request.Cancel cancel = bodies.cancel(id, body);
            return transaction -> orders.cancel(transaction, cancel);
        });
        add(routes, "/v1/orders/{id}/capture", (id, body) -> {
            Request.Capture capture = bodies.capture(id, body);
            return transaction -> orders.capture(transaction, capture);
        });
    }

    private void add(HttpRoutes routes, String path, BiFunction<String, JsonNode, Work> work) {
        routes.post(path, MAX_BODY, context -> {
            String key = key(context.request().getHeader("Idempotency-Key"));
            JsonNode body = body(context);
            Work parsed = work.apply(String.valueOf(context.pathParam("id")), body);
            byte[] fingerprint = fingerprint(context.request().path(), body);
            if (!slots.tryAcquire()) {
                unavailable(context, "Too many requests at a time. Repeat this one, with the same key, in a moment.");
                return;
            }
            long came = System.nanoTime();
            threads.executeBlocking(
                            () -> carryOut(context, came, () -> idempotent.once(key, fingerprint, parsed)), false)
                    .onComplete(done -> slots.release())
                    .onSuccess(answer -> answer.ifPresent(given -> send(context, given)))
                    .onFailure(e -> refuse(context, e));
        });
    }

    /** Empty where the client has gone away before its turn: a player who gave up is not to be charged for it. */
    private Optional<Answer> carryOut(RoutingContext context, long came, Callable<Answer> work) throws Exception {
        if (context.response().closed()) {
            return Optional.empty();
        }
        if (System.nanoTime() - came > patience.toNanos()) {
            throw new SQLTransientException("its turn came after more than " + patience.toMillis() + " ms");
        }
        return Optional.of(work.call());
    }

    private static void send(RoutingContext context, Answer answer) {
        if (answer.replayed()) {
            context.response().putHeader("Idempotent-Replayed", "true");
        }
        context.response()
                .setStatusCode(202)
                .putHeader(HttpHeaders.CONTENT_TYPE, Json.MEDIA_TYPE)
                .putHeader("Backbone-Position", answer.position())
                .end(answer.body());
    }

    private static void refuse(RoutingContext context, Throwable e) {
        if (e instanceof SQLException away && isAway(away)) {
            LOG.warn("Postgres can't be used: {}", Reasons.of(e));
            unavailable(
                    context,
                    "The order could not be stored, or it isn't known whether it was. Repeat the request with the "
                            + "same Idempotency-Key.");
        } else {
            Problems.send(
                    context.response(),
                    Problems.of(e, "POST " + context.request().path()));
        }
    }

    private static void unavailable(RoutingContext context, String detail) {
        context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        Problems.send(context.response(), Problem.unavailable(detail));
    }

    /** No connection, one that broke, a server that stops or is full, a transaction that has to be repeated. */
    private static boolean isAway(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || (state != null && state.length() == 5 && "08 40 53 57".contains(state.substring(0, 2)));
    }

    private static String key(@Nullable String header) {
        String key = header == null ? "" : header.trim();
        // The draft of the IETF writes it as a string in quotes; most clients don't.
        if (key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (key.isEmpty() || key.length() > MAX_KEY || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Refusals.noKey();
        }
        return key;
    }

    private static JsonNode body(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !isJson(type)) {
            throw new ProblemException(Problem.of(
                    "unsupported-media-type",
                    "The body is of a type that isn't read here",
                    415,
                    "Content-Type: " + type + " (expected: application/json)"));
        }
        Buffer buffer = context.body().buffer();
        try {
            JsonNode body = buffer == null ? null : JSON.readTree(buffer.getBytes());
            return body == null || body.isMissingNode() ? Json.MAPPER.createObjectNode() : body;
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.badBody("The body is no JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new ProblemException(Problem.badBody("The body can't be read."));
        }
    }

    private static boolean isJson(String type) {
        return Json.MEDIA_TYPE.toString().equalsIgnoreCase(type.split(";", 2)[0].trim());
    }

    private static byte[] fingerprint(String path, JsonNode body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            return digest.digest(CANONICAL.writeValueAsBytes(CANONICAL.treeToValue(body, Object.class)));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("JSON that was read can be written, and every platform has SHA-256", e);
        }
    }
}
