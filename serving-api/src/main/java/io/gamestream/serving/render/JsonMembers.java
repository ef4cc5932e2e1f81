package io.gamestream.serving.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Writes the members of a JSON object without its opening brace, so that members that are known only at read time, such as
 * {@code asOf}, can be put in front without parsing.
 */
public final class JsonMembers {

    /** What writes the members; the object is opened and closed around it. */
    @FunctionalInterface
    public interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_BYTES = 512;

    private JsonMembers() {}

    /** The members that a writer writes. */
    public static byte[] of(Writer writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            writer.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        byte[] object = out.toByteArray();
        return Arrays.copyOfRange(object, 1, object.length);
    }

    static void money(JsonGenerator json, String name, long minor, String currency) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("amountMinor", minor);
        json.writeStringField("currency", currency);
        json.writeEndObject();
    }
}
