package io.gamestream.schemas.admin;

/**
 * One way in which a cluster or a registry is not as the catalogue says.
 *
 * @param name of the topic or subject
 * @param what differs: a configuration key, "partitions", ...
 * @param expected by the catalogue
 * @param actual on the cluster or at the registry
 */
public record Difference(Kind kind, String name, String what, String expected, String actual) {

    /** What kind of difference, and with that what {@code apply} does about it. */
    public enum Kind {
        /** There is no such topic: created. */
        TOPIC_MISSING,
        /** The number of partitions differs: left alone, since another number moves keys to other partitions. */
        PARTITIONS,
        /** A configuration value differs: set. */
        CONFIG,
        /** A topic of ours by its name that the catalogue doesn't know: left alone; nothing is ever deleted. */
        TOPIC_UNKNOWN,
        /** The subject has no version with the topic's schema: registered. */
        SCHEMA_MISSING,
        /** The subject's compatibility level differs: set. */
        COMPATIBILITY
    }

    @Override
    public String toString() {
        return switch (kind) {
            case TOPIC_MISSING -> name + ": missing";
            case TOPIC_UNKNOWN -> name + ": not in the catalogue";
            case SCHEMA_MISSING -> name + ": schema " + expected + " is not registered";
            case PARTITIONS, CONFIG, COMPATIBILITY ->
                name + ": " + what + " is " + actual + " (expected: " + expected + ")";
        };
    }
}
