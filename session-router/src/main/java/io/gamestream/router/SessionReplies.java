package io.gamestream.router;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.Problems;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketOutcome;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What players are answered. */
final class SessionReplies {

    private static final Logger LOG = LoggerFactory.getLogger(SessionReplies.class);

    private final SessionTable table;
    private final TicketSigner signer;
    private final Clock clock;

    SessionReplies(SessionTable table, TicketSigner signer, Clock clock) {
        this.table = table;
        this.signer = signer;
        this.clock = clock;
    }

    /** 201 with a slot, 202 in the queue, 200 with the session that the player has already, or a refusal. */
    void outcome(RoutingContext context, Known known) {
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
            pending(context, live, answer.getPlayerId());
        }
    }

    /** The session as it is known here, and how old that is. */
    void state(RoutingContext context, int status, Known known) {
        context.response()
                .putHeader(HttpHeaders.ETAG, etag(known))
                .putHeader("Age-Ms", Long.toString(Math.max(0, clock.millis() - known.at())));
        Json.send(context.response(), status, render(known));
    }

    /** 202: not decided when the time to wait was over. */
    void pending(RoutingContext context, String sessionId, String playerId) {
        accepted(context, SessionJson.pending(sessionId, playerId, clock.millis()));
    }

    private void accepted(RoutingContext context, ObjectNode json) {
        context.response()
                .putHeader(
                        HttpHeaders.LOCATION,
                        "/v1/sessions/" + json.path("sessionId").asText());
        Json.send(context.response(), 202, json);
    }

    ObjectNode render(Known known) {
        Assignment assignment = known.assignment();
        if (assignment == null && known.answer() == null) {
            return SessionJson.pending(known.sessionId(), known.playerId(), known.at());
        }
        if (assignment == null) {
            return SessionJson.answered(Objects.requireNonNull(known.answer()), known.at());
        }
        @Nullable String ticket = known.hasSlot() ? signer.sign(assignment, clock.millis()) : null;
        return SessionJson.session(assignment, known.at(), ticket);
    }

    /** 503: try again soon. */
    void away(RoutingContext context, Throwable e) {
        LOG.warn("Kafka has not taken a request: {}", e.toString());
        Refusals.away(context);
    }

    /** What became of a resume. */
    void resumed(RoutingContext context, Known known) {
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

    static String etag(Known known) {
        SessionStatus status = known.assignment() == null
                ? SessionStatus.UNKNOWN
                : known.assignment().getStatus();
        return "\"" + known.offset() + "-" + status + "\"";
    }
}
