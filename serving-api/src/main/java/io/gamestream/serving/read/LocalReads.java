package io.gamestream.serving.read;

import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.Problems;
import io.gamestream.serving.position.Lsn;
import io.gamestream.serving.position.PositionWaits;
import io.gamestream.serving.view.Freshness;
import io.gamestream.serving.view.ViewTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** Answers out of this instance's own tables, and says of each answer how old it is at most. */
final class LocalReads {

    private final Vertx vertx;
    private final PositionWaits waits;
    private final CharSequence self;
    private final StandbyAge standbyAge;

    LocalReads(Vertx vertx, PositionWaits waits, String self, StandbyAge standbyAge) {
        this.vertx = vertx;
        this.waits = waits;
        this.self = HttpHeaders.createOptimized(self);
        this.standbyAge = standbyAge;
    }

    /** Whether the table may answer although another instance is the active one. */
    boolean freshEnough(ViewTable table) {
        return table.readable() && standbyAge.allows(table.asOfMillis(), System.currentTimeMillis());
    }

    /** Answers now, or when the wanted position is there, or says that it isn't. */
    Future<Reply> reply(Resource resource, ItemKey key, ViewTable table, Wanted wanted, @Nullable String ifNoneMatch) {
        if (wanted.lsn() == 0) {
            return sent(resource, key, table, ifNoneMatch);
        }
        if (waits.full()) {
            return Future.succeededFuture(response -> Problems.send(
                    response, Problem.unavailable("Too many reads wait for a position; try again in a moment.")));
        }
        return waits.await(vertx, table, wanted.lsn(), wanted.waitMillis())
                .compose(applied -> applied
                        ? sent(resource, key, table, ifNoneMatch)
                        : Future.succeededFuture(response -> notApplied(response, table, wanted)));
    }

    private Future<Reply> sent(Resource resource, ItemKey key, ViewTable table, @Nullable String ifNoneMatch) {
        return resource.ready(key).map(ready -> response -> send(response, ready, key, table, ifNoneMatch));
    }

    void send(
            HttpServerResponse response,
            Resource resource,
            ItemKey key,
            ViewTable table,
            @Nullable String ifNoneMatch) {
        // Before the item: what is found is at least as new as what is said of it.
        Freshness freshness = table.freshness();
        Found found = resource.find(key);
        describe(response, table, freshness);
        if (found == null) {
            Problems.send(
                    response,
                    Problem.notFound("There is no such item in " + table.view().label() + "."));
            return;
        }
        response.putHeader(HttpHeaders.ETAG, found.etag());
        response.putHeader(HttpHeaders.CACHE_CONTROL, Headers.REVALIDATE);
        if (ETags.matches(ifNoneMatch, found.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, Json.MEDIA_TYPE);
        response.end(found.body().apply(freshness.asOfMillis()));
    }

    private void notApplied(HttpServerResponse response, ViewTable table, Wanted wanted) {
        Freshness freshness = table.freshness();
        describe(response, table, freshness);
        Problems.send(
                response,
                Problem.of(
                                "position-not-applied",
                                "The view has not applied the position yet",
                                412,
                                "The view " + table.view().label() + " has not applied " + Lsn.format(wanted.lsn())
                                        + " after " + wanted.waitMillis()
                                        + " ms. Read again, or with a longer Backbone-Wait-Ms.")
                        .with("requested", Lsn.format(wanted.lsn()))
                        .with("applied", Lsn.format(freshness.lsn())));
    }

    private void describe(HttpServerResponse response, ViewTable table, Freshness freshness) {
        if (freshness.asOfMillis() != 0) {
            long age = Math.max(0, System.currentTimeMillis() - freshness.asOfMillis());
            response.putHeader(Headers.AGE, Long.toString(age));
        }
        if (freshness.lsn() != 0) {
            response.putHeader(Headers.POSITION, freshness.token());
        }
        response.putHeader(Headers.SERVED_BY, self);
        response.putHeader(Headers.ROLE, table.role() == ViewTable.Role.ACTIVE ? Headers.ACTIVE : Headers.STANDBY);
    }
}
