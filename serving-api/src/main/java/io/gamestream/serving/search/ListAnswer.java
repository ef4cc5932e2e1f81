package io.gamestream.serving.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gamestream.runtime.http.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of games as JSON: {@code asOf} first, then what the entity tag is made of. The tag is weak, since {@code asOf} moves on while
 * the page stays the same.
 */
final class ListAnswer {

    private static final JsonFactory JSON = new JsonFactory();
    private static final CharSequence AGE = HttpHeaders.createOptimized("age-ms");
    private static final CharSequence REVALIDATE = HttpHeaders.createOptimized("no-cache");
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final int ETAG_BYTES = 12;

    private final long asOfMillis;
    private final byte[] members;

    private ListAnswer(long asOfMillis, byte[] members) {
        this.asOfMillis = asOfMillis;
        this.members = members;
    }

    /** @param asOfMillis epoch ms; the page has everything up to then */
    static ListAnswer of(GamePage page, boolean withFacets, long asOfMillis) {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(512 * (page.items().size() + 1));
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            if (withFacets) {
                json.writeNumberField("total", page.total());
                if (page.matched() != null) {
                    json.writeStringField("matched", page.matched().label());
                }
                writeGenres(json, page.genres());
            }
            json.writeArrayFieldStart("items");
            for (GamePage.Item item : page.items()) {
                json.writeRawValue("{\"units\":" + item.units() + ',' + item.members());
            }
            json.writeEndArray();
            json.writeStringField(
                    "nextCursor", page.next() == null ? null : page.next().encode());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return new ListAnswer(asOfMillis, out.toByteArray());
    }

    /** Ends the response: 304 where the client has this page. */
    void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        long age = Math.max(0, System.currentTimeMillis() - asOfMillis);
        response.putHeader(AGE, Long.toString(age));
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
        response.end(Buffer.buffer(head.length + members.length)
                .appendBytes(head)
                .appendBytes(members, 1, members.length - 1));
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

    private static void writeGenres(JsonGenerator json, Map<String, Integer> genres) throws IOException {
        json.writeArrayFieldStart("genres");
        List<Map.Entry<String, Integer>> sorted = genres.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        for (Map.Entry<String, Integer> genre : sorted) {
            json.writeStartObject();
            json.writeStringField("genre", genre.getKey());
            json.writeNumberField("count", genre.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
