package io.gamestream.router;

import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Problems;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketOutcome;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What can be wrong with a request, in problem details. */
final class Refusals {

    private static final String RETRY_AFTER_SECONDS = "1";

    private Refusals() {}

    static ProblemException field(String field, String detail) {
        return new ProblemException(Problem.badBody(field + ": " + detail).with("field", field));
    }

    static Problem noKey() {
        return Problem.of(
                "bad-idempotency-key",
                "The request has no usable Idempotency-Key",
                400,
                "Idempotency-Key (expected: 1 to 255 visible ASCII characters, the same for each repetition of a request)");
    }

    static Problem unknownSession(String sessionId) {
        return Problem.notFound("There is no session " + sessionId + " (ended ones are remembered for a day)");
    }

    static Problem noSuchCell(String cellId) {
        return Problem.notFound("There is no cell " + cellId + ", or it has not ticked yet");
    }

    static Problem unknownCell(String cellId) {
        return Problem.of(
                "unknown-cell",
                "There is no such cell",
                422,
                "cellId: " + cellId + " (expected: one of the settings sessions.cells)");
    }

    /** The gate's no. */
    static Problem refused(TicketAnswer answer) {
        String slug = answer.getOutcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String why =
                switch (answer.getOutcome()) {
                    case UNKNOWN_GAME -> "There is no such game";
                    case GAME_WITHDRAWN -> "The game is no longer played here";
                    case NO_SUCH_CAPACITY -> "No region has hosts for the game";
                    case PARTY_MEMBER_BUSY -> "A member of the party is playing, or waits already";
                    case PARTY_TOO_LARGE -> "The party is too large";
                    case NOT_RESUMABLE -> "The session can't be resumed";
                    case CANCELLED -> "The request was cancelled, or its session has ended";
                    case UNKNOWN, DUPLICATE -> "The request can't be served";
                };
        String detail = answer.getDetail() == null ? why + "." : why + ": " + answer.getDetail();
        return Problem.of(slug, why, answer.getOutcome() == TicketOutcome.NOT_RESUMABLE ? 409 : 422, detail)
                .with("sessionId", answer.getSessionId());
    }

    /** What isn't known here may be there all the same. */
    static ProblemException starting(RoutingContext context) {
        return unavailable(context, "This router has just started and has not read everything yet; ask again");
    }

    /** Its cell is of before capacities had it, or has not ticked since. */
    static ProblemException noLease(RoutingContext context, String cellId) {
        return unavailable(context, "Cell " + cellId + " has not told yet how long leases of its hosts are; ask again");
    }

    /** Kafka can't take it: answers with that. */
    static void away(RoutingContext context) {
        Problems.send(
                context.response(),
                unavailable(context, "Kafka can't take the request now; repeat it with the same Idempotency-Key")
                        .problem());
    }

    private static ProblemException unavailable(RoutingContext context, String detail) {
        context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return new ProblemException(Problem.unavailable(detail));
    }
}
