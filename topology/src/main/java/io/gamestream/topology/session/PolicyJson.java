package io.gamestream.topology.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.util.Map;

/** The policy as it stands in the inbox and in the files of a replay: one text for one policy. Durations are ISO-8601. */
public final class PolicyJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /** A century. */
    private static final String NO_BOUND = Duration.ofDays(36_525).toString();

    /** What came later, with what was done before. */
    private static final Map<String, String> LATER =
            Map.of("forgetHostsAfter", Duration.ZERO.toString(), "graceTotal", NO_BOUND);

    private PolicyJson() {}

    /** The text of a policy. */
    public static String write(CellPolicy policy) {
        try {
            return MAPPER.writeValueAsString(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy can always be written", e);
        }
    }

    /**
     * The policy of a text. One from before a property came has what was done then: what was decided by it is decided again,
     * and a cell that has it in its store can be read.
     *
     * @throws IllegalArgumentException where it isn't one; names what is wrong
     */
    public static CellPolicy read(String text) {
        try {
            JsonNode policy = MAPPER.readTree(text);
            if (policy instanceof ObjectNode fields) {
                LATER.forEach((name, before) -> {
                    if (!fields.has(name)) {
                        fields.put(name, before);
                    }
                });
            }
            return MAPPER.treeToValue(policy, CellPolicy.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("policy: " + e.getOriginalMessage(), e);
        }
    }
}
