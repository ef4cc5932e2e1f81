package io.gamestream.serving.routing;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks other instances: kept-alive connections, bounded in number, queue and time. */
public final class PeerClient {

    /** More waiting than this means that the other side is overrun: better to fail than to pile up. */
    private static final int MAX_WAITING = 1_000;

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int IDLE_SECONDS = 30;

    private final Vertx vertx;
    private final HttpClient client;
    private final RoutingSettings settings;
    private final Suspects suspects;

    public PeerClient(Vertx vertx, RoutingSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.suspects = new Suspects(settings.suspectFor(), System::nanoTime);
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout(
                                Math.toIntExact(settings.connectTimeout().toMillis()))
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(IDLE_SECONDS)
                        .setTcpNoDelay(true)
                        .setMaxHeaderSize(MAX_HEADER_BYTES))
                .with(new PoolOptions()
                        .setHttp1MaxSize(settings.maxConnections())
                        .setMaxWaitQueueSize(MAX_WAITING))
                .build();
    }

    /**
     * The first useful answer of several instances and, between the first and the others, of this one's own copy.
     *
     * @param own answers from the own copy; empty where there is none
     * @param waitMillis what the client asked the answering instance to wait for at most
     */
    public <T> Future<T> firstOf(
            List<Peer> peers,
            List<Supplier<Future<T>>> own,
            Request request,
            Function<PeerAnswer, T> reader,
            long waitMillis) {
        List<Supplier<Future<T>>> candidates = new ArrayList<>(peers.size() + own.size());
        List<Peer> ordered = suspects.order(peers);
        boolean ownFirst = ordered.isEmpty() || suspects.isSuspect(ordered.get(0));
        if (ownFirst) {
            candidates.addAll(own);
        }
        for (Peer peer : ordered) {
            candidates.add(() -> ask(peer, request, waitMillis).map(reader));
            if (!ownFirst && candidates.size() == 1) {
                candidates.addAll(own);
            }
        }
        return Race.run(vertx, settings.hedgeAfter().toMillis() + waitMillis, candidates);
    }

    /**
     * What to ask.
     *
     * @param uri path and query
     */
    public record Request(String uri, MultiMap headers) {}

    private Future<PeerAnswer> ask(Peer peer, Request request, long waitMillis) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(peer.host())
                .setPort(peer.port())
                .setURI(request.uri())
                .setTimeout(settings.requestTimeout().toMillis() + waitMillis)
                .setHeaders(request.headers());
        return client.request(options)
                .compose(sent -> sent.send())
                .compose(response ->
                        response.body().map(body -> new PeerAnswer(response.statusCode(), response.headers(), body)))
                .onFailure(e -> suspects.suspect(peer))
                .onSuccess(answer -> suspects.trust(peer))
                .compose(PeerClient::useful);
    }

    /** An instance that has trouble, or no copy of the partition (any more), has not answered. */
    private static Future<PeerAnswer> useful(PeerAnswer answer) {
        return answer.status() >= 500
                ? Future.failedFuture(new IllegalStateException("status " + answer.status()))
                : Future.succeededFuture(answer);
    }
}
