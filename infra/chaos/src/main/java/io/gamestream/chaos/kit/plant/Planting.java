package io.gamestream.chaos.payments.plant;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.payments.plan.Target;
import io.gamestream.local.service.ServiceSpec;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a bug gets into a service: by an agent that this run hands to that JVM. The services' own code has no switch for it, and
 * without the agent there is nothing to switch on.
 */
public final class Planting {

    public static final Planting NONE = new Planting(null, null);

    private final @Nullable Bug bug;
    private final @Nullable Path agent;

    private Planting(@Nullable Bug bug, @Nullable Path agent) {
        this.bug = bug;
        this.agent = agent;
    }

    /**
     * A bug, ready to be planted.
     *
     * @param directory for the agent's jar
     */
    public static Planting of(Bug bug, Path directory) {
        try {
            Files.createDirectories(directory);
            Path jar = directory.resolve("plant.jar");
            Manifest manifest = new Manifest();
            Attributes main = manifest.getMainAttributes();
            main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            main.put(new Attributes.Name("Premain-Class"), BugAgent.class.getName());
            main.put(Attributes.Name.CLASS_PATH, classPath());
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                out.finish();
            }
            return new Planting(bug, jar);
        } catch (IOException e) {
            throw new ChaosException("the agent's jar can't be written: " + e.getMessage(), e);
        }
    }

    public List<String> settings() {
        return bug == null ? List.of() : bug.settings();
    }

    /** The service as it is to be started. */
    public ServiceSpec changed(Target target, ServiceSpec spec) {
        return bug == null || target != bug.target()
                ? spec
                : spec.withJvmFlags(List.of("-javaagent:" + agent + "=" + bug.name()));
    }

    /** Of this run: the agent, the weaver, and what both need. It comes behind the service's own. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("byte-buddy") || entry.contains("chaos"))
                .map(entry -> Path.of(entry).toAbsolutePath().toUri())
                .map(URI::toString)
                .collect(Collectors.joining(" "));
    }
}
