package io.gamestream.serving.dashboard;

import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.serving.ServingPart;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** {@code /}: a page that shows what the other endpoints answer, as it changes. */
public final class DashboardPart implements ServingPart {

    private final Buffer page;
    private final String policy;
    private final String etag;

    public DashboardPart() {
        String html = read("index.html");
        ContentPolicy content = ContentPolicy.of(html);
        this.page = Buffer.buffer(html);
        this.policy = content.header();
        this.etag = '"' + ContentPolicy.hash(html).substring(0, 16) + '"';
    }

    @Override
    public String name() {
        return "dashboard";
    }

    @Override
    public void mount(Vertx vertx, HttpRoutes routes) {
        routes.get("/", context -> {
            HttpServerResponse response = context.response();
            response.putHeader(HttpHeaders.ETAG, etag);
            response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            if (etag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
                response.setStatusCode(304).end();
                return;
            }
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
            response.putHeader("Content-Security-Policy", policy);
            response.putHeader("X-Content-Type-Options", "nosniff");
            response.putHeader("Referrer-Policy", "no-referrer");
            response.end(page);
        });
    }

    @Override
    public void start() {}

    @Override
    public Readiness.Status status() {
        return Readiness.Status.READY;
    }

    @Override
    public void close() {}

    private static String read(String name) {
        try (InputStream in = DashboardPart.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is in our own jar", e);
        }
    }
}
