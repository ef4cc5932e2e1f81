package io.gamestream.serving.render;

import io.gamestream.runtime.http.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that this instance has by itself: {@code asOf} first, then what the entity tag is made of. The tag is weak, since
 * {@code asOf} moves on while the rest stays the same.
 */
public final class JsonAnswer {

    private static final CharSequence AGE = HttpHeaders.createOptimized("age-ms");
    private static final CharSequence REVALIDATE = HttpHeaders.createOptimized("no-cache");
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final int ETAG_BYTES = 12;

    private final long asOfMillis;
    private final byte[] members;

    /**
     * An answer that is not sent yet.
     *
     * @param asOfMillis epoch ms; the answer has everything up to then
     * @param members of the JSON object, without the opening brace
     */
    public JsonAnswer(long asOfMillis, byte[] members) {
        this.asOfMillis = asOfMillis;
        this.members = members;
    }

    /** Says how old an answer is at most. */
    public static void age(HttpServerResponse response, long asOfMillis) {
        response.putHeader(AGE, Long.toString(Math.max(0, System.currentTimeMillis() - asOfMillis)));
    }

    /** Ends the response: 304 where the client has this very answer. */
    public void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        age(response, asOfMillis);
        response.putHeader(HttpHeaders.CACHE_CONTROL, REVALIDATE);
        String etag = etag();
        response.putHeader(HttpHeaders.ETAG, etag);
        if (matches(etag, request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, Json.MEDIA_TYPE);
        byte[] head = ("{\"asOf\":\"" + MILLIS.format(Instant.ofEpochMilli(asOfMillis)) + "\",")
                .getBytes(StandardCharsets.US_ASCII);
        response.end(
                Buffer.buffer(head.length + members.length).appendBytes(head).appendBytes(members));
    }

    private String etag() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(members);
            return "W/\"" + HexFormat.of().formatHex(hash, 0, ETAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static boolean matches(String etag, @Nullable String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        String opaque = etag.substring(2);
        return ifNoneMatch.strip().equals("*")
                || List.of(ifNoneMatch.split(",")).stream()
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals(opaque) || tag.equals("W/" + opaque));
    }
}
