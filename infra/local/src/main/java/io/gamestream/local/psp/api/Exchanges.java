package io.gamestream.local.psp.api;

import io.gamestream.local.psp.core.ApiError;
import io.gamestream.local.psp.core.ApiErrorException;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every exchange has: a request id, the secret key checked, errors in Stripe's envelope. */
final class Exchanges {

    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
    private static final String REQUEST_ID = "Request-Id";

    private final byte[] apiKey;
    private final AtomicLong requests;

    /**
     * Exchanges.
     *
     * @param apiKey the secret key that clients must have
     * @param startMs makes request ids differ from those of an earlier run
     */
    Exchanges(String apiKey, long startMs) {
        this.apiKey = apiKey.getBytes(StandardCharsets.UTF_8);
        this.requests = new AtomicLong(startMs * 1_000);
    }

    /** A handler that may throw {@link ApiErrorException}. */
    Handler<RoutingContext> guarded(Handler<RoutingContext> handler) {
        return context -> {
            context.response().putHeader(REQUEST_ID, "req_" + Long.toString(requests.incrementAndGet(), 36));
            attempt(context, () -> {
                authenticate(context.request());
                handler.handle(context);
            });
        };
    }

    /** Work that is done later, of an exchange that was let in. */
    static void attempt(RoutingContext context, Runnable work) {
        try {
            work.run();
        } catch (ApiErrorException e) {
            Reply.send(context.response(), e.error());
        } catch (RuntimeException e) {
            LOG.error(
                    "{} {} failed",
                    context.request().method(),
                    context.request().path(),
                    e);
            Reply.send(context.response(), ApiError.internal());
        }
    }

    static String requestId(RoutingContext context) {
        return context.response().headers().get(REQUEST_ID);
    }

    static Params form(RoutingContext context) {
        return params(context.request().formAttributes());
    }

    static Params query(RoutingContext context) {
        return params(context.queryParams());
    }

    private static Params params(MultiMap values) {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        values.forEach((name, value) -> all.add(Map.entry(name, value)));
        return new Params(all);
    }

    private void authenticate(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            throw new ApiErrorException(ApiError.unauthorized(
                    "You did not provide an API key. You need to provide your API key in the Authorization header, "
                            + "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."));
        }
        byte[] given = key(header);
        if (!MessageDigest.isEqual(given, apiKey)) {
            throw new ApiErrorException(ApiError.unauthorized("Invalid API Key provided."));
        }
    }

    private static byte[] key(String header) {
        if (header.startsWith("Basic ")) {
            try {
                String pair = new String(
                        Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
                return pair.split(":", 2)[0].getBytes(StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }
        return header.replaceFirst("^Bearer ", "").getBytes(StandardCharsets.UTF_8);
    }
}
