package io.gamestream.cdc.ops;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.gamestream.cdc.capture.CaptureException;
import io.gamestream.cdc.capture.Snapshots;
import io.gamestream.cdc.source.TableName;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/admin/snapshots}: ask for an incremental snapshot of a captured table, and see how far they are. */
public final class AdminRoutes {

    private static final int MAX_BODY = 16 * 1024;

    private final Snapshots snapshots;
    private final Collection<TableName> captured;

    public AdminRoutes(Snapshots snapshots, Collection<TableName> captured) {
        this.snapshots = snapshots;
        this.captured = List.copyOf(captured);
    }

    /** The body of a request. */
    private record Request(
            @JsonProperty(required = true) String table,
            @Nullable String where) {}

    public void addTo(Vertx vertx, HttpRoutes routes) {
        routes.get(
                "/v1/admin/snapshots",
                context -> Json.send(context.response(), 200, Map.of("snapshots", snapshots.all())));
        routes.post("/v1/admin/snapshots", MAX_BODY, context -> {
            refusePages(context);
            requireJson(context);
            Request request = read(context);
            TableName table = captured(request.table());
            vertx.executeBlocking(
                            () -> {
                                request(table, request.where());
                                return table;
                            },
                            false)
                    .onSuccess(done ->
                            Json.send(context.response(), 202, Map.of("table", table.toString(), "state", "requested")))
                    .onFailure(context::fail);
        });
    }

    private void request(TableName table, @Nullable String where) {
        try {
            snapshots.request(List.of(table), where);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.badBody(String.valueOf(e.getMessage())));
        } catch (CaptureException | SQLException e) {
            throw new ProblemException(Problem.unavailable(String.valueOf(e.getMessage())));
        }
    }

    /** A browser says whose page it posts for, also where a name was made to lead here so that the page counts as ours. */
    private static void refusePages(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            throw new ProblemException(Problem.of(
                    "forbidden",
                    "That isn't allowed",
                    403,
                    "Origin: " + origin + " (expected: none; a page in a browser has nothing to ask for here)"));
        }
    }

    /** A page may post to any port of its user's machine, but not JSON: that needs our leave, which we never give. */
    private static void requireJson(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new ProblemException(Problem.of(
                    "unsupported-media-type",
                    "The body is of a type that isn't read here",
                    415,
                    "Content-Type: " + type + " (expected: application/json)"));
        }
    }

    private static Request read(RoutingContext context) {
        try {
            Request request = Json.MAPPER.readValue(context.body().buffer().getBytes(), Request.class);
            if (request.table() == null) {
                throw new ProblemException(
                        Problem.badBody("table is missing (expected: {\"table\": \"schema.table\"})"));
            }
            return request;
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.badBody(
                    e.getOriginalMessage() + " (expected: {\"table\": \"schema.table\", \"where\": \"a condition\"})"));
        } catch (java.io.IOException | NullPointerException e) {
            throw new ProblemException(Problem.badBody("there is none (expected: {\"table\": \"schema.table\"})"));
        }
    }

    private TableName captured(String text) {
        return captured.stream()
                .filter(table -> table.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.notFound("table " + text + " isn't captured (captured: " + captured + ")")));
    }
}
