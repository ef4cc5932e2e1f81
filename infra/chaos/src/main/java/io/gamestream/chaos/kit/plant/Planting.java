package io.gamestream.chaos.kit.plant;

import io.gamestream.chaos.kit.ChaosException;
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

/**
 * How something gets into a service: by an agent that this run hands to that JVM. The services' own code has no switch for it,
 * and without the agent there is nothing to switch on.
 */
public final class Planting {

    private final Path jar;

    private Planting(Path jar) {
        this.jar = jar;
    }

    /**
     * The agent, ready to be handed over.
     *
     * @param directory for its jar
     */
    public static Planting in(Path directory) {
        try {
            Files.createDirectories(directory);
            Path jar = directory.resolve("plant.jar");
            Manifest manifest = new Manifest();
            Attributes main = manifest.getMainAttributes();
            main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            main.put(new Attributes.Name("Premain-Class"), PlantAgent.class.getName());
            main.put(Attributes.Name.CLASS_PATH, classPath());
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                out.finish();
            }
            return new Planting(jar);
        } catch (IOException e) {
            throw new ChaosException("the agent's jar can't be written: " + e.getMessage(), e);
        }
    }

    /** The service with all of these in it. */
    public ServiceSpec into(ServiceSpec spec, List<? extends Plant> plants) {
        return plants.isEmpty()
                ? spec
                : spec.withJvmFlags(List.of("-javaagent:" + jar + "=" + PlantAgent.argument(plants)));
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
