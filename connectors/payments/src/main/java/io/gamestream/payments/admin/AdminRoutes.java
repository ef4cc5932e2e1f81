package io.gamestream.payments.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Problems;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.AdminCommandKind;
import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.ParkedOrder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /v1/admin}: parked orders listed, shown, replayed; any order read anew at the PSP. */
final class AdminRoutes {

    private static final int MAX_BODY = 4 * 1024;
    private static final int MAX_TEXT = 200;

    private final Vertx vertx;
    private final Letters letters;
    private final Function<AdminCommand, CompletableFuture<Void>> send;
    private final InstantSource clock;

    /** @param send completes when Kafka has the command; may block */
    AdminRoutes(
            Vertx vertx, Letters letters, Function<AdminCommand, CompletableFuture<Void>> send, InstantSource clock) {
        this.vertx = vertx;
        this.letters = letters;
        this.send = send;
        this.clock = clock;
    }

    void addTo(HttpRoutes routes) {
        routes.get("/v1/admin/dlq", this::list);
        routes.get("/v1/admin/dlq/{id}", context -> Json.send(context.response(), 200, LetterJson.of(find(context))));
        routes.post("/v1/admin/dlq/{id}/replay", MAX_BODY, this::replay);
        routes.post("/v1/admin/orders/{id}/sync", MAX_BODY, this::sync);
    }

    private void list(RoutingContext context) {
        requireComplete();
        Parameters query = Parameters.of(context);
        int limit = (int) query.number("limit");
        Optional<DeadLetterStatus> status = query.text("status").map(DeadLetterStatus::valueOf);
        List<ParkedOrder> found = letters.list(status, query.text("cursor").map(AdminRoutes::decoded), limit + 1);
        List<ParkedOrder> page = found.subList(0, Math.min(limit, found.size()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("items", page.stream().map(LetterJson::of).toList());
        if (found.size() > limit) {
            body.put("nextCursor", encoded(Letters.cursor(page.get(limit - 1))));
        }
        body.put("open", letters.open());
        Json.send(context.response(), 200, body);
    }

    private void replay(RoutingContext context) {
        String id = id(context);
        requireComplete();
        JsonNode body = body(context);
        @Nullable String actor = text(body, "actor");
        @Nullable String reason = text(body, "reason");
        Optional<ParkedOrder> newest = letters.ofOrder(id);
        switch (ReplayRules.verdict(id, newest)) {
            case UNKNOWN -> throw none(id);
            case RESOLVED -> Json.send(context.response(), 200, Map.of("deadLetterId", id, "status", "RESOLVED"));
            case NOT_REPLAYABLE ->
                throw new ProblemException(Problem.of(
                        "not-replayable",
                        "A replay can't get this order going",
                        409,
                        newest.map(ParkedOrder::getWhatToDo).orElse("")));
            case REPLAY ->
                send(
                        context,
                        command(id, newest.orElseThrow(() -> none(id)), actor, reason),
                        Map.of("deadLetterId", id));
        }
    }

    /** Of an order that nobody has placed nothing comes. */
    private void sync(RoutingContext context) {
        String orderId = id(context);
        if (orderId.isBlank() || orderId.length() > MAX_TEXT) {
            throw new ProblemException(
                    Problem.badParameter("id", "id: (expected: an order's, of 1 to " + MAX_TEXT + " characters)"));
        }
        JsonNode body = body(context);
        AdminCommand command = AdminCommand.newBuilder()
                .setCommandId("sync:" + UUID.randomUUID())
                .setKind(AdminCommandKind.SYNC)
                .setOrderId(orderId)
                .setActor(staff(text(body, "actor")))
                .setReason(text(body, "reason"))
                .setAt(clock.instant())
                .build();
        send(context, command, Map.of());
    }

    private void send(RoutingContext context, AdminCommand command, Map<String, String> more) {
        Map<String, String> accepted = new LinkedHashMap<>(more);
        accepted.put("orderId", command.getOrderId());
        accepted.put("status", "ACCEPTED");
        vertx.<Void>executeBlocking(
                        () -> {
                            send.apply(command).join();
                            return null;
                        },
                        false)
                .onSuccess(done -> Json.send(context.response(), 202, accepted))
                .onFailure(e -> Problems.send(
                        context.response(),
                        Problem.unavailable("Kafka can't take the command now, or it isn't known whether it has. Repeat"
                                + " it: a second one changes nothing.")));
    }

    /** The same id each time: whoever reads the journal sees which letter it was. */
    private AdminCommand command(String id, ParkedOrder letter, @Nullable String actor, @Nullable String reason) {
        return AdminCommand.newBuilder()
                .setCommandId("replay:" + id)
                .setKind(AdminCommandKind.REPLAY)
                .setOrderId(letter.getOrderId())
                .setDeadLetterId(id)
                .setActor(staff(actor))
                .setReason(reason)
                .setAt(clock.instant())
                .build();
    }

    private static String staff(@Nullable String actor) {
        return "staff:" + (actor == null ? "unnamed" : actor);
    }

    private ParkedOrder find(RoutingContext context) {
        requireComplete();
        String id = id(context);
        return letters.ofOrder(id)
                .filter(letter -> letter.getDeadLetterId().equals(id))
                .orElseThrow(() -> none(id));
    }

    private void requireComplete() {
        if (!letters.isComplete()) {
            throw new ProblemException(Problem.unavailable("The dead letters are still being read from Kafka."));
        }
    }

    private static String id(RoutingContext context) {
        return String.valueOf(context.pathParam("id"));
    }

    private static ProblemException none(String id) {
        return new ProblemException(
                Problem.notFound("There is no dead letter " + id + ", or it was resolved long ago."));
    }

    private static JsonNode body(RoutingContext context) {
        Buffer buffer = context.body().buffer();
        try {
            JsonNode node = buffer == null || buffer.length() == 0
                    ? Json.MAPPER.createObjectNode()
                    : Json.MAPPER.readTree(buffer.getBytes());
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw new ProblemException(Problem.badBody("The body is no JSON."));
        }
        throw new ProblemException(
                Problem.badBody("The body is no JSON object (expected: {actor, reason} or nothing)."));
    }

    private static @Nullable String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > MAX_TEXT) {
            throw new ProblemException(
                    Problem.badBody(field + ": (expected: a text of 1 to " + MAX_TEXT + " characters)")
                            .with("field", field));
        }
        return value.asText();
    }

    private static String encoded(String cursor) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.badParameter("cursor", "cursor: none that was given out here"));
        }
    }
}
