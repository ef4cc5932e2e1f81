package io.gamestream.local.stack;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.process.JavaCommand;
import io.gamestream.runtime.connection.RegistrySettings;
import java.io.ByteArrayOutputStream;
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
import java.util.zip.ZipOutputStream;

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
                // By this name and no other: the default is a database in memory. Without delay: an id that was given
                // is kept.
                .property("REGISTRY_DATASOURCE_URL", "jdbc:h2:file:" + storage + ";WRITE_DELAY=0")
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
            countOn(client, port);
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

    /**
     * With H2 the registry counts its ids in memory, from 0 at each start, and would give those again that it has given. After an
     * import it goes on behind the highest, also after one of nothing.
     */
    private static void countOn(HttpClient client, int port) {
        URI imports = URI.create("http://" + LocalPorts.HOST + ":" + port + "/apis/registry/v2/admin/import");
        ByteArrayOutputStream nothing = new ByteArrayOutputStream();
        try {
            new ZipOutputStream(nothing).close();
            HttpRequest request = HttpRequest.newBuilder(imports)
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/zip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(nothing.toByteArray()))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new StackException(
                        "the schema registry refuses an import: " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new StackException("the schema registry takes no import: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while the schema registry starts", e);
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
