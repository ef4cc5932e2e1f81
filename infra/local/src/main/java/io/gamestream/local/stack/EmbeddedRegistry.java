package io.gamestream.local.stack;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.process.JavaCommand;
import io.gamestream.runtime.connection.RegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Apicurio Registry with its file storage, in a JVM of its own; its web page is at {@code /ui}. */
final class EmbeddedRegistry implements AutoCloseable {

    private static final String NAME = Part.REGISTRY.label();
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final String SERDE = "io.gamestream.schemas.serde.ConfluentAvroSerde";

    private final ChildProcess process;
    private final RegistrySettings settings;
    private final ClassArchive archive;

    private EmbeddedRegistry(ChildProcess process, RegistrySettings settings, ClassArchive archive) {
        this.archive = archive;
        this.process = process;
        this.settings = settings;
    }

    /**
     * Starts the registry on its data.
     *
     * @param directory unpacked archive
     * @throws StackException with the end of the registry's log where it does not start
     */
    static EmbeddedRegistry start(DataDirectory data, Path directory, int port) throws IOException {
        Path storage = data.directory(NAME).resolve("registry");
        Path runner = runner(directory);
        // Beside the program, for every stack of this user: its jars never change.
        ClassArchive archive = new ClassArchive(
                NAME,
                ClassArchive.directory(directory).resolve(NAME + ".jsa"),
                data.directory("run").resolve(NAME + ".classes"),
                runner.toString());
        List<String> command = new JavaCommand(data.root())
                .flags("-Xmx160m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .property("quarkus.http.host", LocalPorts.HOST)
                .property("quarkus.http.port", Integer.toString(port))
                .property("registry.datasource.url", "jdbc:h2:file:" + storage)
                .property("quarkus.log.level", "WARN")
                .property("quarkus.banner.enabled", "false")
                .classArchive(archive)
                .jar(runner);
        ChildProcess process =
                ChildProcess.start(ChildProcess.Spec.of(NAME, command, data.root(), data.resolve("logs/registry.log")));
        String url = "http://" + LocalPorts.HOST + ":" + port + "/apis/ccompat/v7";
        try {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();
            Readiness.await("the schema registry", process, START_TIMEOUT, () -> answers(client, url));
            RegistrySettings settings = new RegistrySettings(url, Map.of(), SERDE);
            Provisioning.subjects(settings);
            return new EmbeddedRegistry(process, settings, archive);
        } catch (StackException e) {
            process.close();
            throw e;
        }
    }

    RegistrySettings settings() {
        return settings;
    }

    ClassArchive classArchive() {
        return archive;
    }

    @Override
    public void close() {
        process.close();
    }

    private static Path runner(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new StackException("no runner jar in " + directory + "; delete that directory"));
        }
    }

    private static boolean answers(HttpClient client, String url) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/subjects"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
