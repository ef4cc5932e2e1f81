package io.gamestream.cdc.position;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.Map;

/** {@link Progress} as JSON, and the engine's part of it alone. */
final class ProgressJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private ProgressJson() {}

    static String write(Progress progress) {
        return text(progress);
    }

    static String write(Map<String, Object> engine) {
        return text(engine);
    }

    private static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws {@link IllegalStateException} for what this version can't read. */
    static Progress read(String json) {
        try {
            return MAPPER.readValue(json, Progress.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cdc.positions.v1 holds a position that this version can't read: " + e.getOriginalMessage(), e);
        }
    }
}
