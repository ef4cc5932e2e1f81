package io.gamestream.local.stack;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.process.JavaCommand;
import io.gamestream.local.process.LogTail;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The embedded broker in a JVM of its own, so that it can be killed and frozen without whoever started it. */
public final class BrokerProcess implements AutoCloseable {

    private static final String NAME = "broker";
    private static final Duration ASK_FOR = Duration.ofSeconds(2);
    private static final int TAIL_LINES = 20;
    private static final Set<String> TOPICS =
            TopicCatalogue.all().stream().map(TopicSpec::name).collect(Collectors.toUnmodifiableSet());

    private final Path dataDir;
    private final int port;
    private final @Nullable ClassArchive archive;
    private ChildProcess process;

    private BrokerProcess(Path dataDir, @Nullable Path archives, int port) throws IOException {
        this.dataDir = dataDir.toAbsolutePath().normalize();
        this.port = port;
        this.archive = archives == null ? null : archive(archives, this.dataDir);
        this.process = launch();
    }

    /**
     * Starts it; does not wait until it is ready.
     *
     * @param dataDir of its own
     * @throws StackException where no process can be started
     */
    public static BrokerProcess start(Path dataDir) {
        return startWith(dataDir, null);
    }

    /**
     * The same with a place for its {@link #classArchives}.
     *
     * @param archives kept for later starts, those of other runs among them
     */
    public static BrokerProcess start(Path dataDir, Path archives) {
        return startWith(dataDir, archives);
    }

    private static BrokerProcess startWith(Path dataDir, @Nullable Path archives) {
        try {
            return new BrokerProcess(dataDir, archives, LocalPorts.free());
        } catch (IOException e) {
            throw new StackException("the broker's process can't be started: " + e.getMessage(), e);
        }
    }

    /** What runs in the process: directory and port are the arguments. */
    public static void main(String[] args) throws InterruptedException {
        StackSettings settings = StackSettings.ephemeral(Path.of(args[0]))
                .withParts(Part.KAFKA)
                .withPorts(new StackPorts(Integer.parseInt(args[1]), 0, 0, 0));
        EmbeddedStack stack = EmbeddedStack.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "close"));
        new CountDownLatch(1).await();
    }

    /** What the next start uses, once it is there; none where there is no place for it. */
    public List<ClassArchive> classArchives() {
        return archive == null ? List.of() : List.of(archive);
    }

    /** How clients reach it. */
    public KafkaSettings settings() {
        return new KafkaSettings(LocalPorts.HOST + ":" + port, Map.of());
    }

    /** Whether it answers, and has the product's topics. */
    public boolean isReady() {
        Map<String, Object> properties = settings().clientProperties();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ASK_FOR.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ASK_FOR.toMillis());
        try (Admin admin = Admin.create(properties)) {
            return admin.listTopics()
                    .names()
                    .get(ASK_FOR.toMillis(), TimeUnit.MILLISECONDS)
                    .containsAll(TOPICS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        }
    }

    /**
     * Returns when it answers.
     *
     * @throws StackException with its last words, where it doesn't in time
     */
    public void awaitReady(Duration within) throws InterruptedException {
        long until = System.nanoTime() + within.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new StackException("the broker was not ready within " + within.toSeconds() + " s:\n"
                        + LogTail.of(process.log(), TAIL_LINES));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    public long pid() {
        return process.handle().pid();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.handle().destroyForcibly();
        process.handle().onExit().join();
    }

    /** Asks it to stop, and waits for that. */
    public void stop() {
        process.close();
    }

    /** After {@link #kill} or {@link #stop}: the same broker on the same data. */
    public void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new StackException("the broker's process can't be started: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** One for each class path: it is that of whoever starts the broker. */
    private static ClassArchive archive(Path archives, Path dataDir) {
        String classPath = System.getProperty("java.class.path");
        return new ClassArchive(
                NAME,
                archives.resolve(NAME + "-" + Integer.toHexString(classPath.hashCode()) + ".jsa"),
                dataDir.resolve(NAME + ".classes"),
                classPath);
    }

    private ChildProcess launch() throws IOException {
        JavaCommand java = new JavaCommand(dataDir)
                // A third of its processor time was the optimising compiler's, where it is killed every half minute.
                .flags("-Xms256m", "-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .property("backbone.logs", dataDir.resolve("logs").toString());
        for (ClassArchive mapped : classArchives()) {
            java.classArchive(mapped);
        }
        List<String> command = java.main(
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                List.of(dataDir.resolve("data").toString(), Integer.toString(port)));
        return ChildProcess.start(ChildProcess.Spec.of(
                NAME, command, dataDir, dataDir.resolve("logs").resolve("broker-process.log")));
    }
}
