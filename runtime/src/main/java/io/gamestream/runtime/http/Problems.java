package io.gamestream.runtime.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong with a request into problem details, and never tells a client about our insides. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String LIMIT = "max-body";
    private static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized(Problem.MEDIA_TYPE);

    private Problems() {}

    /** Ends the response with a problem; does nothing where an answer is already under way. */
    public static void send(HttpServerResponse response, Problem problem) {
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.setStatusCode(problem.status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.end(Json.write(problem.toMembers()));
    }

    /** The problem behind an exception of a handler. */
    public static Problem of(@Nullable Throwable failure, String where) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        LOG.error("{} failed", where, failure);
        return Problem.of("internal", "The service made a mistake", 500, "The mistake is in the service's log.");
    }

    /** For the problem of a larger body. */
    static void keepLimit(RoutingContext context, long maxBodyBytes) {
        context.put(LIMIT, maxBodyBytes);
    }

    static void handleFailure(RoutingContext context) {
        handleFailure(context, context.statusCode());
    }

    /** The router itself refuses with a status that it doesn't tell the context. */
    static void handleFailure(RoutingContext context, int status) {
        send(context.response(), of(context, status));
    }

    static void handleWrongMethod(RoutingContext context, Set<String> allowed) {
        context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
        send(
                context.response(),
                Problem.of(
                        "method-not-allowed",
                        "The path has no such method",
                        405,
                        context.request().method() + " (expected: one of " + allowed + ")"));
    }

    private static Problem of(RoutingContext context, int status) {
        String path = context.request().path();
        if (context.failure() instanceof ProblemException known) {
            return known.problem();
        }
        return switch (status) {
            case 400 ->
                Problem.of("bad-request", "The request is not valid", 400, "The path or the query is not valid.");
            case 404 -> Problem.notFound("Nothing is at " + path + "; /openapi.json lists what is.");
            case 413 ->
                Problem.of(
                        "too-large",
                        "The body is too large",
                        413,
                        "More than " + context.get(LIMIT) + " bytes are not accepted.");
            case 405, 406, 414, 415 -> Problem.of("refused", "The request is refused", status, "HTTP status " + status);
            default -> of(context.failure(), context.request().method() + " " + path + " (" + status + ")");
        };
    }
}
