package io.gamestream.schemas;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What one topic is: declared once, in {@link TopicCatalogue}, and created, documented and guarded from there.
 *
 * @param name {@code <domain>.<noun>.v<major>}
 * @param key what the UTF-8 string key is, such as "user id"
 * @param schema of the value; null where values are kept as they came (dead letters)
 * @param partitions on a new cluster; never changed afterwards, since keys would move
 * @param cleanup compacted, deleted after {@code retention}, or both
 * @param retention how long records are kept where they are deleted; null means for ever
 * @param owner the one service that writes it
 * @param meaning one line for whoever meets the topic for the first time
 * @param readers the services of the product that read it, and so may
 */
public record TopicSpec(
        String name,
        String key,
        @Nullable Schema schema,
        int partitions,
        Cleanup cleanup,
        @Nullable Duration retention,
        String owner,
        String meaning,
        List<String> readers) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*\\.v[1-9][0-9]*");

    /** How Kafka cleans the log up; {@code cleanup.policy} of the topic. */
    public enum Cleanup {
        COMPACT("compact"),
        DELETE("delete"),
        COMPACT_AND_DELETE("compact,delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }

        /** The value of {@code cleanup.policy}. */
        public String policy() {
            return policy;
        }
    }

    public TopicSpec {
        readers = List.copyOf(readers);
        if (!isName(name)) {
            throw new IllegalArgumentException("topic name: " + name + " (expected: <domain>.<noun>.v<major>)");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(name + " partitions: " + partitions + " (expected: >= 1)");
        }
    }

    /** A topic that no service of the product reads; products outside of it may. */
    public TopicSpec(
            String name,
            String key,
            @Nullable Schema schema,
            int partitions,
            Cleanup cleanup,
            @Nullable Duration retention,
            String owner,
            String meaning) {
        this(name, key, schema, partitions, cleanup, retention, owner, meaning, List.of());
    }

    /** The same topic, read by these services. */
    public TopicSpec readBy(String... services) {
        return new TopicSpec(name, key, schema, partitions, cleanup, retention, owner, meaning, List.of(services));
    }

    /** The registry subject of the value: the topic name strategy of the Confluent serializers. */
    public String subject() {
        return name + "-value";
    }

    /** The first part of the name. */
    public String domain() {
        return domain(name);
    }

    /** The first part of a topic's name. */
    public static String domain(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    /** Whether a topic is named as ours are. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
