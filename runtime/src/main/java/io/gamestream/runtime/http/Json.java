package io.gamestream.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** JSON as the house writes it: instants in ISO 8601, ids as they are. */
public final class Json {

    public static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized("application/json");

    /** Shared; not to be changed. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    /**
     * The value as JSON.
     *
     * @throws IllegalArgumentException for a value that JSON can't hold, which is a mistake of ours
     */
    public static Buffer write(Object value) {
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "no JSON for a " + value.getClass().getName(), e);
        }
    }

    /** Ends the response with a JSON body. */
    public static void send(HttpServerResponse response, int status, Object value) {
        response.setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        response.end(write(value));
    }
}
