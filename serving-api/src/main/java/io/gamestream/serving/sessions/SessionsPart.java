package io.gamestream.serving.sessions;

import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Problems;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.serving.GameTitles;
import io.gamestream.serving.ServingContext;
import io.gamestream.serving.ServingPart;
import io.gamestream.serving.log.TopicFeed;
import io.gamestream.serving.read.ItemKey;
import io.gamestream.serving.render.JsonAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/** {@code /v1/sessions/{id}}, {@code /v1/regions}, {@code /v1/regions/{id}/capacity} and {@code /v1/presence}. */
public final class SessionsPart implements ServingPart {

    private final GameTitles titles;
    private final PresenceTable presence = new PresenceTable();
    private final RegionTable regions = new RegionTable();
    private final SessionTable sessions;
    private final TopicFeed feed;

    /** Tables that are empty; they are filled once the part is started. */
    public SessionsPart(ServingContext context, GameTitles titles) {
        this.titles = titles;
        SessionsSettings settings = context.settings().bind("serving.sessions", SessionsSettings.class);
        this.sessions = new SessionTable(settings.keepEnded(), presence);
        this.feed = new TopicFeed(
                "sessions-tables",
                () -> TopicFeed.consumer(context, "serving-sessions"),
                List.of(
                        TopicFeed.Source.whole(SessionTopics.ASSIGNMENTS.name()),
                        TopicFeed.Source.whole(SessionTopics.CAPACITY.name()),
                        new TopicFeed.Source(SessionTopics.EVENTS.name(), settings.keepEnded())),
                new SessionsWriter(
                        sessions,
                        presence,
                        regions,
                        new AvroSerdes(context.registry())
                                .<SpecificRecord>valueSerde()
                                .deserializer(),
                        context.metrics().registry()),
                settings.refreshInterval(),
                context.fatal());
    }

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public void mount(Vertx vertx, HttpRoutes routes) {
        routes.hot("/v1/sessions/{id}", this::session);
        routes.get("/v1/regions", context -> send(context, () -> RegionJson.list(regions.regions())));
        routes.get("/v1/regions/{id}/capacity", this::capacity);
        routes.get("/v1/presence", this::presence);
    }

    @Override
    public void start() {
        feed.start();
    }

    @Override
    public Readiness.Status status() {
        return feed.status();
    }

    @Override
    public void close() {
        feed.close();
    }

    private void session(HttpServerRequest request, String id) {
        ItemKey.check(id);
        long asOf = asOf();
        Optional<SessionEntry> found = sessions.find(id);
        if (found.isEmpty()) {
            notFound(request, asOf, "There is no such session now, and none that ended lately.");
        } else {
            new JsonAnswer(asOf, found.get().members().getBytes(StandardCharsets.UTF_8)).send(request);
        }
    }

    private void capacity(RoutingContext context) {
        String id = context.pathParam("id");
        ItemKey.check(id);
        long asOf = asOf();
        List<CellCapacity> cells = regions.region(id);
        if (cells.isEmpty()) {
            notFound(context.request(), asOf, "No cell has told of such a region.");
        } else {
            new JsonAnswer(asOf, RegionJson.capacity(id, cells)).send(context.request());
        }
    }

    private void presence(RoutingContext context) {
        Parameters parameters = Parameters.of(context);
        PresencePage page = new PresencePage(
                parameters.text("region"),
                parameters.text("game"),
                parameters.text("cursor").map(cursor -> PresenceCursor.decode(cursor)
                        .orElseThrow(() -> new ProblemException(Problem.badParameter(
                                "cursor", "cursor: not one of ours (expected: nextCursor of an earlier answer)")))),
                (int) parameters.number("limit"));
        send(context, () -> page.members(presence.rows(), titles));
    }

    private void send(RoutingContext context, Supplier<byte[]> members) {
        long asOf = asOf();
        new JsonAnswer(asOf, members.get()).send(context.request());
    }

    private static void notFound(HttpServerRequest request, long asOf, String detail) {
        JsonAnswer.age(request.response(), asOf);
        Problems.send(request.response(), Problem.notFound(detail));
    }

    /** To be asked before the tables: what is found there is at least as new as what is said of it. */
    private long asOf() {
        Readiness.Status status = feed.status();
        if (!status.ready()) {
            throw new ProblemException(Problem.unavailable("The sessions are being loaded: " + status.reason()));
        }
        return feed.asOfMillis();
    }
}
