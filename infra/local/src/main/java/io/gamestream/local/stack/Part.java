package io.gamestream.local.stack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What the stack is made of. */
public enum Part {
    @JsonProperty("kafka")
    KAFKA,
    @JsonProperty("postgres")
    POSTGRES,
    @JsonProperty("redis")
    REDIS,
    @JsonProperty("registry")
    REGISTRY;

    /** As in settings, directories and messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
