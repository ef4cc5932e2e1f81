package io.gamestream.runtime.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns the settings below one path into a record, and what goes wrong into one sentence that names the setting. */
final class RecordBinder {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule()
                    .addDeserializer(Duration.class, new DurationReader())
                    .setDeserializerModifier(new DottedKeys()))
            .build();

    private RecordBinder() {}

    static <T extends Record> T bind(String path, Map<String, Object> values, Class<T> type) {
        try {
            return MAPPER.convertValue(values, type);
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof JsonMappingException cause) {
                throw new SettingsException(explain(path, cause), e);
            }
            throw e;
        }
    }

    private static String explain(String path, JsonMappingException e) {
        String at = path
                + e.getPath().stream()
                        .map(step ->
                                step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                        .collect(Collectors.joining());
        if (e instanceof UnrecognizedPropertyException unknown) {
            Collection<Object> known = unknown.getKnownPropertyIds();
            return "setting " + at + " is unknown (known here: "
                    + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")) + ")";
        }
        if (e instanceof InvalidFormatException format) {
            return "setting " + at + ": " + format.getValue() + " (expected: " + expected(format.getTargetType()) + ")";
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return "setting " + at + ": " + e.getCause().getMessage();
        }
        if (e instanceof MismatchedInputException mismatch) {
            String message = mismatch.getOriginalMessage();
            return message.startsWith("Missing creator property")
                    ? "setting " + at + " is missing"
                    : "setting " + at + ": " + message;
        }
        return "setting " + at + ": " + e.getOriginalMessage();
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + java.util.Arrays.toString(type.getEnumConstants());
        }
        return type == Duration.class ? "a duration such as 10ms, 5s or 2m" : type.getSimpleName();
    }

    private static final class DurationReader extends StdDeserializer<Duration> {

        private static final long serialVersionUID = 1L;

        private DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString();
            try {
                return ConfigFactory.parseMap(Map.of("v", text)).getDuration("v");
            } catch (ConfigException e) {
                return (Duration) context.handleWeirdStringValue(Duration.class, text, "not a duration");
            }
        }
    }
}
