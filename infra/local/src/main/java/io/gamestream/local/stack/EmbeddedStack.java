package io.gamestream.local.stack;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.stack.LocalPorts.Wanted;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running stack: Kafka in this JVM; Postgres, Redis and the schema registry as child processes; all on loopback.
 * Topics, subjects and tables of the product are there once it has started. Data outlives it, however it ends.
 */
public final class EmbeddedStack implements AutoCloseable {

    private final DataDirectory data;
    private final StackParts parts;

    private EmbeddedStack(DataDirectory data, StackParts parts) {
        this.data = data;
        this.parts = parts;
    }

    /** As {@link #start(StackSettings, List, StartListener)}, in silence and for this stack's ports alone. */
    public static EmbeddedStack start(StackSettings settings) {
        return start(settings, List.of(), StartListener.SILENT);
    }

    /**
     * Starts all parts at once and waits until each is ready.
     *
     * @param alsoWanted ports that have to be free too: of the services that will run on this stack
     * @throws StackException that says what to do: directory in use, port busy, disk full, a part that does not start
     */
    public static EmbeddedStack start(StackSettings settings, List<Wanted> alsoWanted, StartListener listener) {
        DataDirectory data = DataDirectory.open(settings.dataDir());
        try {
            ChildProcess.endOrphans(data.root());
            LocalPorts.requireFree(
                    Stream.concat(settings.wanted(), alsoWanted.stream()).toList());
            return new EmbeddedStack(data, StackParts.start(settings, data, listener));
        } catch (StackException e) {
            data.close();
            throw e;
        } catch (IOException e) {
            data.close();
            throw new StackException("data directory " + data.root() + " can't be read: " + e.getMessage(), e);
        }
    }

    public KafkaSettings kafka() {
        return started(parts.kafka(), Part.KAFKA).settings();
    }

    public PostgresSettings postgres() {
        return started(parts.postgres(), Part.POSTGRES).settings();
    }

    public RedisSettings redis() {
        return started(parts.redis(), Part.REDIS).settings();
    }

    public RegistrySettings registry() {
        return started(parts.registry(), Part.REGISTRY).settings();
    }

    /** {@code path=value}: what leads a service to the parts of this stack. */
    public List<String> connectionSettings() {
        List<String> all = new ArrayList<>();
        if (parts.kafka() != null) {
            all.add("kafka.bootstrap-servers=" + kafka().bootstrapServers());
        }
        if (parts.postgres() != null) {
            all.add("postgres.host=" + postgres().host());
            all.add("postgres.port=" + postgres().port());
        }
        if (parts.redis() != null) {
            all.add("redis.url=" + redis().url());
        }
        if (parts.registry() != null) {
            all.add("registry.url=" + registry().url());
        }
        return all;
    }

    /** Where this stack keeps its data; services that belong to it keep theirs here too. */
    public DataDirectory data() {
        return data;
    }

    /** Of those parts that are JVMs of their own. */
    public List<ClassArchive> classArchives() {
        EmbeddedRegistry registry = parts.registry();
        return registry == null ? List.of() : List.of(registry.classArchive());
    }

    @Override
    public void close() {
        try {
            parts.close();
        } finally {
            data.close();
        }
    }

    private static <T> T started(@Nullable T part, Part which) {
        if (part == null) {
            throw new IllegalStateException(which.label() + " is not among the parts of this stack");
        }
        return part;
    }
}
