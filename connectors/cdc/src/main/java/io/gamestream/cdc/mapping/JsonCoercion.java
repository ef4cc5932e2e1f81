package io.gamestream.cdc.mapping;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** A JSON document into a record, array or map: keys are the field names, keys without a field are left out. */
final class JsonCoercion implements Coercion {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonField root;

    JsonCoercion(Schema schema) {
        this.root = JsonField.compile("", schema);
    }

    @Override
    public void write(Object value, Encoder out) throws IOException {
        root.write(parse(value.toString()), out);
    }

    private static JsonNode parse(String text) throws IOException {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            // Its own message would quote the document.
            throw new UnmappableException("text that isn't JSON");
        }
    }
}
