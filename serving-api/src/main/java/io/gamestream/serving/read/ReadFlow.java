package io.gamestream.serving.read;

import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.Problems;
import io.gamestream.serving.position.PositionWaits;
import io.gamestream.serving.routing.Peer;
import io.gamestream.serving.routing.PeerAnswer;
import io.gamestream.serving.routing.PeerClient;
import io.gamestream.serving.routing.RouteTable;
import io.gamestream.serving.view.ViewRegistry;
import io.gamestream.serving.view.ViewTable;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of a read: from the own table where this instance is the active one for the key; else from the active one; else from a
 * standby, here or elsewhere, that is not too old.
 */
final class ReadFlow {

    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");

    /** What an answer of another instance keeps on its way through this one. */
    private static final List<CharSequence> KEPT = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ETAG,
            HttpHeaders.CACHE_CONTROL,
            Headers.AGE,
            Headers.POSITION,
            Headers.SERVED_BY,
            Headers.ROLE);

    private final ViewRegistry registry;
    private final LocalReads local;
    private final RouteTable routes;
    private final PeerClient peers;
    private final PositionWaits waits;

    ReadFlow(ViewRegistry registry, LocalReads local, RouteTable routes, PeerClient peers, PositionWaits waits) {
        this.registry = registry;
        this.local = local;
        this.routes = routes;
        this.peers = peers;
        this.waits = waits;
    }

    /** Answers the request, now or later; throws only for what is wrong with it. */
    void answer(HttpServerRequest request, Resource resource, String id) {
        ItemKey key = ItemKey.of(id);
        MultiMap headers = request.headers();
        Wanted wanted = Wanted.of(headers, waits.settings());
        String ifNoneMatch = headers.get(HttpHeaders.IF_NONE_MATCH);
        ViewTable table = registry.tableOf(resource.view(), key.hash());
        boolean active = table.role() == ViewTable.Role.ACTIVE && table.readable();
        if (active && wanted.lsn() == 0 && resource.isReady()) {
            local.send(request.response(), resource, key, table, ifNoneMatch);
            return;
        }
        Future<Reply> reply;
        if (active) {
            reply = local.reply(resource, key, table, wanted, ifNoneMatch);
        } else if (headers.contains(Headers.HOP)) {
            reply = local.freshEnough(table)
                    ? local.reply(resource, key, table, wanted, ifNoneMatch)
                    : Future.failedFuture("no copy here");
        } else {
            reply = elsewhere(request, resource, key, table, wanted, ifNoneMatch);
        }
        reply.onSuccess(answer -> answer.send(request.response()))
                .onFailure(e -> unavailable(request.response(), table));
    }

    private Future<Reply> elsewhere(
            HttpServerRequest request,
            Resource resource,
            ItemKey key,
            ViewTable table,
            Wanted wanted,
            @Nullable String ifNoneMatch) {
        List<Peer> others = routes.routes().others(table.partition(), routes.self());
        List<Supplier<Future<Reply>>> own = local.freshEnough(table)
                ? List.of(() -> local.reply(resource, key, table, wanted, ifNoneMatch))
                : List.of();
        MultiMap ask = HttpHeaders.headers();
        ask.set(Headers.HOP, routes.self().toString());
        copy(request.headers(), ask, HttpHeaders.IF_NONE_MATCH);
        if (wanted.lsn() != 0) {
            copy(request.headers(), ask, Headers.POSITION);
            ask.set(Headers.WAIT, Long.toString(wanted.waitMillis()));
        }
        return peers.firstOf(
                others,
                own,
                new PeerClient.Request(request.uri(), ask),
                answer -> response -> pass(answer, response),
                wanted.waitMillis());
    }

    private static void pass(PeerAnswer answer, HttpServerResponse response) {
        response.setStatusCode(answer.status());
        for (CharSequence name : KEPT) {
            copy(answer.headers(), response.headers(), name);
        }
        if (answer.status() == 304) {
            response.end();
        } else {
            response.end(answer.body());
        }
    }

    private static void copy(MultiMap from, MultiMap to, CharSequence name) {
        String value = from.get(name);
        if (value != null) {
            to.set(name, value);
        }
    }

    private static void unavailable(HttpServerResponse response, ViewTable table) {
        response.putHeader(RETRY_AFTER, "1");
        Problems.send(
                response,
                Problem.unavailable(
                        "No instance can answer from " + table.view().label() + " partition " + table.partition()
                                + " now; /readyz says how far loading is."));
    }
}
