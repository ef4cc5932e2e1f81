package io.gamestream.local.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One service, as {@code services.txt} declares it.
 *
 * @param module directory below the project's
 * @param httpSettings where it answers /healthz, /readyz and /metrics
 * @param moreDoors the same of what it listens on beside
 * @param settings {@code path=value}; {@code {data}} stands for the directory of the instance, {@code {psp}} for that of the
 *     simulated PSP, where its keys are, {@code {session}} for how long an instance that says nothing keeps its work
 * @param start whether and where it runs on a laptop
 * @param process the process that it is in there: of its own name, or one that it shares with others of its module
 */
public record ServiceSpec(
        String name,
        String module,
        String mainClass,
        String httpSettings,
        List<String> moreDoors,
        List<String> jvmFlags,
        List<String> settings,
        Start start,
        String process) {

    /** What {@code up} and {@code demo} do about a service. */
    public enum Start {
        /** A supervised process, its own or a shared one. */
        PROCESS,
        /** In the launcher's own process. */
        LAUNCHER,
        /** Nothing: {@code ./backbone run} starts it. */
        ON_DEMAND
    }

    public ServiceSpec {
        moreDoors = List.copyOf(moreDoors);
        jvmFlags = List.copyOf(jvmFlags);
        settings = List.copyOf(settings);
    }

    /** The same with flags of the JVM that win over its own: for measurements that need more memory than a laptop gives. */
    public ServiceSpec withJvmFlags(List<String> more) {
        List<String> all = new ArrayList<>(jvmFlags);
        all.addAll(more);
        return new ServiceSpec(name, module, mainClass, httpSettings, moreDoors, all, settings, start, process);
    }

    /** Settings of all that it listens on, {@link #httpSettings} first. */
    public List<String> doors() {
        return Stream.concat(Stream.of(httpSettings), moreDoors.stream()).toList();
    }

    /** {@code path=value} for {@code --set}: where it is to answer over HTTP. */
    public String httpPort(int port) {
        return httpSettings + ".port=" + port;
    }

    /**
     * Its jar and everything that the jar needs; empty where the module has not been built.
     *
     * @param home the project's directory
     */
    public Optional<String> classPath(Path home) {
        Path target = home.resolve(module).resolve("target");
        Path dependencies = target.resolve("runtime-classpath.txt");
        try {
            Optional<Path> jar = jar(target);
            return jar.isEmpty() || !Files.isReadable(dependencies)
                    ? Optional.empty()
                    : Optional.of(
                            jar.get() + ":" + Files.readString(dependencies).trim());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> jar(Path target) throws IOException {
        String prefix = Path.of(module).getFileName() + "-";
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> isJar(file.getFileName().toString(), prefix))
                    .findFirst();
        }
    }

    private static boolean isJar(String file, String prefix) {
        return file.startsWith(prefix)
                && file.endsWith(".jar")
                && !file.endsWith("-sources.jar")
                && !file.endsWith("-tests.jar");
    }
}
