package io.gamestream.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Problems;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.schemas.sessions.TicketOutcome;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What players ask. Each write is answered when Kafka has it and its outcome is known, or when the time to wait is over. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told to the client
final class PlayerRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(PlayerRoutes.class);
    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_KEY = 255;
    private static final String RETRY_AFTER_SECONDS = "1";

    private final SessionTable table;
    private final RedisSessions redis;
    private final Outgoing kafka;
    private final TicketSigner signer;
    private final Waits waits;
    private final Clock clock;

    PlayerRoutes(
            SessionTable table, RedisSessions redis, Outgoing kafka, TicketSigner signer, Waits waits, Clock clock) {
        this.table = table;
        this.redis = redis;
        this.kafka = kafka;
        this.signer = signer;
        this.waits = waits;
        this.clock = clock;
    }

    void addTo(HttpRoutes routes) {
        routes.post("/v1/sessions", MAX_BODY, this::request);
        routes.get("/v1/sessions/{id}", this::read);
        routes.get("/v1/sessions/{id}/events", context -> new SessionStream(context, table, this::render).open());
        routes.post("/v1/sessions/{id}/resume", MAX_BODY, this::resume);
        routes.delete("/v1/sessions/{id}", this::cancel);
        routes.get("/v1/keys", context -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/jwk-set+json")
                .end(signer.keys()));
    }

    private void request(RoutingContext context) {
        String key = key(context.request().getHeader("Idempotency-Key"));
        JsonNode body = Bodies.json(context);
        TicketCommand.Builder request = Bodies.request(body, clock.millis());
        String sessionId = SessionIds.of(request.getPlayerId(), key);
        TicketCommand command = request.setSessionId(sessionId).build();
        OptionalLong wait = Parameters.of(context).optionalNumber("waitMs");
        Optional<Known> known = table.session(sessionId).filter(Known::isOutcome);
        if (known.isPresent()) {
            // Repeated, and long decided: Kafka needn't hear of it again.
            outcome(context, known.get());
            return;
        }
        Consumer<Runnable> here = Waits.onContextOf(context);
        Waits.Waiting waiting = waits.begin(sessionId, Known::isOutcome, wait);
        kafka.ask(command)
                .whenComplete((sent, e) -> here.accept(() -> {
                    if (e != null) {
                        waiting.cancel();
                        away(context, e);
                        return;
                    }
                    waiting.then(context, found -> {
                        if (found == null) {
                            accepted(context, SessionJson.pending(sessionId, command.getPlayerId(), clock.millis()));
                        } else {
                            outcome(context, found);
                        }
                    });
                }));
    }

    private void read(RoutingContext context) {
        String sessionId = context.pathParam("id");
        OptionalLong wait = Parameters.of(context).optionalNumber("waitMs");
        String etag = Objects.requireNonNullElse(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), "");
        Optional<Known> known = table.session(sessionId);
        if (known.isPresent() && wait.isPresent() && etag.equals(etag(known.get()))) {
            long version = known.get().version();
            waits.begin(sessionId, news -> news.version() > version, wait).then(context, found -> {
                if (found == null) {
                    context.response()
                            .setStatusCode(304)
                            .putHeader(HttpHeaders.ETAG, etag)
                            .end();
                } else {
                    state(context, 200, found);
                }
            });
        } else if (known.isPresent()) {
            state(context, 200, known.get());
        } else {
            elsewhere(context, sessionId);
        }
    }

    /** Ended a while ago, or told while this router could not listen. */
    private void elsewhere(RoutingContext context, String sessionId) {
        context.vertx()
                .executeBlocking(() -> redis.find(sessionId), false)
                .onSuccess(found -> found.ifPresentOrElse(
                        json -> Json.send(context.response(), 200, json),
                        () -> Problems.send(context.response(), Refusals.unknownSession(sessionId))))
                .onFailure(e -> Problems.send(context.response(), Problems.of(e, "reading " + sessionId)));
    }

    private void resume(RoutingContext context) {
        String sessionId = context.pathParam("id");
        Known known = table.session(sessionId).orElse(null);
        if (known == null || known.assignment() == null) {
            throw new ProblemException(Refusals.unknownSession(sessionId));
        }
        if (known.isOver()) {
            resumed(context, known);
            return;
        }
        OptionalLong wait = Parameters.of(context).optionalNumber("waitMs");
        Consumer<Runnable> here = Waits.onContextOf(context);
        Waits.Waiting waiting = waits.begin(sessionId, news -> news.version() > known.version(), wait);
        kafka.ask(command(TicketCommandKind.RESUME, known.assignment()))
                .whenComplete((sent, e) -> here.accept(() -> {
                    if (e != null) {
                        waiting.cancel();
                        resumeFromHere(context, known, e);
                        return;
                    }
                    waiting.then(context, found -> resumed(context, found == null ? known : found));
                }));
    }

    /** Kafka is away: the slot is where it was, for as long as the last word about it says. */
    private void resumeFromHere(RoutingContext context, Known known, Throwable e) {
        Assignment assignment = known.assignment();
        boolean stands =
                known.hasSlot() && assignment != null && clock.millis() < known.at() + assignment.getValidForMs();
        if (stands) {
            state(context, 200, known);
        } else {
            away(context, e);
        }
    }

    private void resumed(RoutingContext context, Known known) {
        if (known.answer() != null) {
            Problems.send(context.response(), Refusals.refused(known.answer()));
        } else if (known.isOver()) {
            Problems.send(
                    context.response(),
                    Problem.of(
                            "not-resumable",
                            "The session can't be resumed",
                            409,
                            "Session " + known.sessionId() + " has ended."));
        } else {
            state(context, 200, known);
        }
    }

    private void cancel(RoutingContext context) {
        String sessionId = context.pathParam("id");
        Known known = table.session(sessionId).orElse(null);
        if (known != null && known.isOver()) {
            state(context, 200, known);
            return;
        }
        String playerId = Parameters.of(context).text("playerId").orElse(null);
        if (playerId == null && (known == null || known.assignment() == null)) {
            throw new ProblemException(Refusals.unknownSession(sessionId));
        }
        TicketCommand command = known != null && known.assignment() != null
                ? command(TicketCommandKind.CANCEL, known.assignment())
                : cancel(sessionId, Objects.requireNonNull(playerId));
        OptionalLong wait = Parameters.of(context).optionalNumber("waitMs");
        Consumer<Runnable> here = Waits.onContextOf(context);
        Waits.Waiting waiting = waits.begin(sessionId, Known::isOver, wait);
        kafka.ask(command)
                .whenComplete((sent, e) -> here.accept(() -> {
                    if (e != null) {
                        waiting.cancel();
                        away(context, e);
                        return;
                    }
                    waiting.then(context, found -> {
                        if (found == null) {
                            accepted(context, SessionJson.pending(sessionId, command.getPlayerId(), clock.millis()));
                        } else {
                            state(context, 200, found);
                        }
                    });
                }));
    }

    /** 201 with a slot, 202 in the queue, 200 with the session that the player has already, or a refusal. */
    private void outcome(RoutingContext context, Known known) {
        TicketAnswer answer = known.answer();
        if (answer != null && answer.getOutcome() == TicketOutcome.DUPLICATE) {
            duplicate(context, answer);
        } else if (answer != null) {
            Problems.send(context.response(), Refusals.refused(answer));
        } else if (known.hasSlot()) {
            context.response().putHeader(HttpHeaders.LOCATION, "/v1/sessions/" + known.sessionId());
            state(context, 201, known);
        } else {
            state(context, known.isOver() ? 200 : 202, known);
        }
    }

    private void duplicate(RoutingContext context, TicketAnswer answer) {
        String live = String.valueOf(answer.getLiveSessionId());
        context.response().putHeader(HttpHeaders.LOCATION, "/v1/sessions/" + live);
        Optional<Known> known = table.session(live);
        if (known.isPresent()) {
            state(context, 200, known.get());
        } else {
            accepted(context, SessionJson.pending(live, answer.getPlayerId(), clock.millis()));
        }
    }

    private void state(RoutingContext context, int status, Known known) {
        context.response()
                .putHeader(HttpHeaders.ETAG, etag(known))
                .putHeader("Age-Ms", Long.toString(Math.max(0, clock.millis() - known.at())));
        Json.send(context.response(), status, render(known));
    }

    private void accepted(RoutingContext context, ObjectNode json) {
        context.response()
                .putHeader(
                        HttpHeaders.LOCATION,
                        "/v1/sessions/" + json.path("sessionId").asText());
        Json.send(context.response(), 202, json);
    }

    private ObjectNode render(Known known) {
        Assignment assignment = known.assignment();
        if (assignment == null) {
            return SessionJson.answered(Objects.requireNonNull(known.answer()), known.at());
        }
        @Nullable String ticket = known.hasSlot() ? signer.sign(assignment, clock.millis()) : null;
        return SessionJson.session(assignment, known.at(), ticket);
    }

    private void away(RoutingContext context, Throwable e) {
        LOG.warn("Kafka has not taken a request: {}", e.toString());
        context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        Problems.send(context.response(), Refusals.away());
    }

    private TicketCommand command(TicketCommandKind kind, Assignment assignment) {
        return TicketCommand.newBuilder()
                .setKind(kind)
                .setPlayerId(assignment.getPlayerId())
                .setSessionId(assignment.getSessionId())
                .setAt(clock.millis())
                .setReason(kind == TicketCommandKind.CANCEL ? "PLAYER" : null)
                .build();
    }

    private TicketCommand cancel(String sessionId, String playerId) {
        return TicketCommand.newBuilder()
                .setKind(TicketCommandKind.CANCEL)
                .setPlayerId(playerId)
                .setSessionId(sessionId)
                .setAt(clock.millis())
                .setReason("PLAYER")
                .build();
    }

    private static String etag(Known known) {
        SessionStatus status = known.assignment() == null
                ? SessionStatus.UNKNOWN
                : known.assignment().getStatus();
        return "\"" + known.at() + "-" + status + "\"";
    }

    private static String key(@Nullable String header) {
        String key = header == null ? "" : header.trim();
        // The draft of the IETF writes it as a string in quotes; most clients don't.
        if (key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (key.isEmpty() || key.length() > MAX_KEY || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ProblemException(Refusals.noKey());
        }
        return key;
    }
}
