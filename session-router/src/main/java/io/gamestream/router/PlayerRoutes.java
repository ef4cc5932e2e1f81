package io.gamestream.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Problems;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What players ask. Each write is answered when Kafka has it and its outcome is known, or when the time to wait is over. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told to the client
final class PlayerRoutes {

    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_KEY = 255;

    private final SessionTable table;
    private final RedisSessions redis;
    private final Outgoing kafka;
    private final TicketSigner signer;
    private final SessionReplies replies;
    private final Waits waits;
    private final BooleanSupplier caughtUp;
    private final Clock clock;

    PlayerRoutes(
            SessionTable table,
            RedisSessions redis,
            Outgoing kafka,
            TicketSigner signer,
            Waits waits,
            BooleanSupplier caughtUp,
            Clock clock) {
        this.table = table;
        this.redis = redis;
        this.kafka = kafka;
        this.signer = signer;
        this.replies = new SessionReplies(table, signer, clock);
        this.waits = waits;
        this.caughtUp = caughtUp;
        this.clock = clock;
    }

    void addTo(HttpRoutes routes) {
        routes.post("/v1/sessions", MAX_BODY, this::request);
        routes.get("/v1/sessions/{id}", this::read);
        routes.get("/v1/sessions/{id}/events", context -> new SessionStream(context, table, replies::render).open());
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
            replies.outcome(context, known.get());
            return;
        }
        ask(
                context,
                command,
                waits.begin(context, sessionId, Known::isOutcome, wait),
                replies::outcome,
                () -> table.accepted(sessionId, command.getPlayerId(), command.getAt()));
    }

    /** Answers with what is waited for, or that it is under way. */
    private void ask(
            RoutingContext context,
            TicketCommand command,
            Waits.Waiting waiting,
            BiConsumer<RoutingContext, Known> answer,
            Runnable taken) {
        ask(
                context,
                command,
                waiting,
                found -> {
                    if (found == null) {
                        replies.pending(context, command.getSessionId(), command.getPlayerId());
                    } else {
                        answer.accept(context, found);
                    }
                },
                e -> replies.away(context, e),
                taken);
    }

    /**
     * Asks, and goes on where the request came from.
     *
     * @param then gets null where the time to wait is over
     * @param away gets why Kafka has not taken it
     * @param taken is told when Kafka has it
     */
    private void ask(
            RoutingContext context,
            TicketCommand command,
            Waits.Waiting waiting,
            Consumer<@Nullable Known> then,
            Consumer<Throwable> away,
            Runnable taken) {
        Consumer<Runnable> here = Waits.onContextOf(context);
        kafka.ask(command)
                .whenComplete((sent, e) -> here.accept(() -> {
                    if (e == null) {
                        taken.run();
                        waiting.then(context, then);
                    } else {
                        waiting.cancel();
                        away.accept(e);
                    }
                }));
    }

    private void read(RoutingContext context) {
        String sessionId = context.pathParam("id");
        OptionalLong wait = Parameters.of(context).optionalNumber("waitMs");
        String etag = Objects.requireNonNullElse(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), "");
        Optional<Known> known = table.session(sessionId);
        if (known.isPresent() && wait.isPresent() && etag.equals(SessionReplies.etag(known.get()))) {
            long version = known.get().version();
            waits.begin(context, sessionId, news -> news.version() > version, wait)
                    .then(context, found -> {
                        if (found == null) {
                            context.response()
                                    .setStatusCode(304)
                                    .putHeader(HttpHeaders.ETAG, etag)
                                    .end();
                        } else {
                            replies.state(context, 200, found);
                        }
                    });
        } else if (known.isPresent()) {
            replies.state(context, 200, known.get());
        } else {
            elsewhere(context, sessionId);
        }
    }

    /** Ended a while ago, or told while this router could not listen. */
    private void elsewhere(RoutingContext context, String sessionId) {
        stored(
                context,
                sessionId,
                found -> found.ifPresentOrElse(
                        json -> Json.send(context.response(), 200, StoredSession.shown(json)),
                        () -> unknown(context, sessionId)));
    }

    private void stored(RoutingContext context, String sessionId, Consumer<Optional<ObjectNode>> then) {
        context.vertx()
                .executeBlocking(() -> redis.find(sessionId), false)
                .onSuccess(found -> {
                    try {
                        then.accept(found);
                    } catch (RuntimeException e) {
                        context.fail(e);
                    }
                })
                .onFailure(e -> Problems.send(context.response(), Problems.of(e, "reading " + sessionId)));
    }

    private void unknown(RoutingContext context, String sessionId) {
        throw caughtUp.getAsBoolean()
                ? new ProblemException(Refusals.unknownSession(sessionId))
                : Refusals.starting(context);
    }

    private void resume(RoutingContext context) {
        String sessionId = context.pathParam("id");
        Known known = table.session(sessionId).orElse(null);
        if (known != null && known.assignment() != null) {
            resume(context, known, known.assignment());
            return;
        }
        // Sticky also at a router that could not read of it.
        stored(context, sessionId, found -> found.flatMap(StoredSession::read)
                .ifPresentOrElse(
                        stored -> resume(context, stored, Objects.requireNonNull(stored.assignment())),
                        () -> unknown(context, sessionId)));
    }

    private void resume(RoutingContext context, Known known, Assignment assignment) {
        if (known.isOver()) {
            replies.resumed(context, known);
            return;
        }
        OptionalLong wait = Parameters.of(context).optionalNumber("waitMs");
        ask(
                context,
                command(TicketCommandKind.RESUME, assignment),
                waits.begin(context, known.sessionId(), news -> news.version() > known.version(), wait),
                found -> replies.resumed(context, found == null ? known : found),
                e -> resumeFromHere(context, known, e),
                () -> {});
    }

    /** Kafka is away: the slot is where it was, for as long as the last word about it says. */
    private void resumeFromHere(RoutingContext context, Known known, Throwable e) {
        Assignment assignment = known.assignment();
        boolean stands =
                known.hasSlot() && assignment != null && clock.millis() < known.at() + assignment.getValidForMs();
        if (stands) {
            replies.state(context, 200, known);
        } else {
            replies.away(context, e);
        }
    }

    private void cancel(RoutingContext context) {
        String sessionId = context.pathParam("id");
        Known known = table.session(sessionId).orElse(null);
        if (known != null && known.isOver()) {
            replies.state(context, 200, known);
            return;
        }
        String playerId = Parameters.of(context).text("playerId").orElse(known == null ? null : known.playerId());
        if (playerId == null) {
            throw new ProblemException(Refusals.unknownSession(sessionId));
        }
        TicketCommand command = known != null && known.assignment() != null
                ? command(TicketCommandKind.CANCEL, known.assignment())
                : cancel(sessionId, Objects.requireNonNull(playerId));
        OptionalLong wait = Parameters.of(context).optionalNumber("waitMs");
        ask(
                context,
                command,
                waits.begin(context, sessionId, Known::isOver, wait),
                (to, found) -> replies.state(to, 200, found),
                () -> {});
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
