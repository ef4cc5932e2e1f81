package io.gamestream.runtime.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.type.MapType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads maps of texts, such as {@code kafka.properties}, with the dots in their keys: HOCON takes {@code security.protocol =
 * SSL} for an object in an object unless the key is quoted, and nobody quotes it.
 */
final class DottedKeys extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyMapDeserializer(
            DeserializationConfig config, MapType type, BeanDescription description, JsonDeserializer<?> usual) {
        return type.getContentType().hasRawClass(String.class) ? new FlatMapReader() : usual;
    }

    private static final class FlatMapReader extends StdDeserializer<Map<String, String>> {

        private static final long serialVersionUID = 1L;

        private FlatMapReader() {
            super(Map.class);
        }

        @Override
        public Map<String, String> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(parser);
            if (!node.isObject()) {
                context.reportInputMismatch(this, "%s (expected: keys and values, as in { key = value })", node);
            }
            Map<String, String> flat = new LinkedHashMap<>();
            collect("", node, flat);
            return flat;
        }

        private static void collect(String prefix, JsonNode node, Map<String, String> flat) {
            node.properties().forEach(entry -> {
                String key = prefix + entry.getKey();
                if (entry.getValue().isObject()) {
                    collect(key + ".", entry.getValue(), flat);
                } else {
                    flat.put(key, entry.getValue().asText());
                }
            });
        }
    }
}
