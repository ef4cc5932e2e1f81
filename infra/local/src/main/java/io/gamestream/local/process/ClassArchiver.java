package io.gamestream.local.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes missing class archives of programs that run, one after the other. */
public final class ClassArchiver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchiver.class);

    /** By then the programs have loaded what they need for their work, and not for their start alone. */
    private static final Duration DELAY = Duration.ofSeconds(20);

    private static final String PARTIAL = ".partial";

    private final List<ClassArchive> all;
    private final List<ClassArchive> missing;
    private final Path dataDir;
    private final boolean inBackground;
    private final Thread thread = new Thread(this::run, "class-archiver");

    private ClassArchiver(List<ClassArchive> all, Path dataDir, boolean inBackground) {
        this.all = List.copyOf(all);
        this.missing = all.stream()
                .filter(archive -> archive.isPossible() && !archive.isUsable())
                .toList();
        this.dataDir = dataDir;
        this.inBackground = inBackground;
        thread.setDaemon(true);
    }

    /** Makes those of {@code archives} that can't be used, at the lowest priority, for the next start of the same programs. */
    public static ClassArchiver inBackground(List<ClassArchive> archives, Path dataDir) {
        return start(archives, dataDir, true);
    }

    /**
     * The same at once and as fast as can be: for whoever is about to start the same programs many times, and waits for it with
     * {@link #await}.
     */
    public static ClassArchiver atOnce(List<ClassArchive> archives, Path dataDir) {
        return start(archives, dataDir, false);
    }

    private static ClassArchiver start(List<ClassArchive> archives, Path dataDir, boolean inBackground) {
        ClassArchiver archiver = new ClassArchiver(archives, dataDir, inBackground);
        archiver.thread.start();
        return archiver;
    }

    /** Returns when everything is made that can be made; without an archive starts take longer. */
    public void await() throws InterruptedException {
        thread.join();
    }

    /** Gives up what is not finished; the next run makes it. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
            for (ClassArchive archive : all) {
                Files.deleteIfExists(archive.classList());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("a list of classes can't be deleted", e);
        }
    }

    private void run() {
        try {
            if (inBackground && !missing.isEmpty()) {
                Thread.sleep(DELAY.toMillis());
            }
            makeMissing();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void makeMissing() throws InterruptedException {
        try {
            for (ClassArchive archive : missing) {
                make(archive);
            }
        } catch (IOException | ExecutionException e) {
            LOG.warn("no class archive was made; starts take longer without", e);
        }
    }

    private void make(ClassArchive archive) throws IOException, InterruptedException, ExecutionException {
        if (!Files.exists(archive.classList())) {
            return;
        }
        Path directory = Objects.requireNonNull(archive.archive().getParent());
        Files.createDirectories(directory);
        deleteAbandoned(directory);
        Path classes = archive.classList().resolveSibling(archive.name() + ".dump");
        Files.writeString(classes, archivable(Files.readString(archive.classList())));
        // Another run may be making the same archive.
        Path partial =
                directory.resolve(archive.name() + "." + ProcessHandle.current().pid() + PARTIAL);
        List<String> command = new JavaCommand(dataDir)
                .flags(
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + classes,
                        "-XX:SharedArchiveFile=" + partial,
                        "-Xmx256m",
                        "-Xlog:cds=off",
                        "-Xlog:class+load=off")
                .classPath(archive.classPath());
        ChildProcess.Spec spec = new ChildProcess.Spec(
                "archive-" + archive.name(),
                inBackground ? Sessions.lowPriority(command) : command,
                Map.of(),
                dataDir,
                dataDir.resolve("logs/archives.log"),
                StopSignal.KILL);
        CompletableFuture<Integer> status = new CompletableFuture<>();
        try (ChildProcess dump = ChildProcess.start(spec)) {
            dump.whenEnded(status::complete);
            if (status.get() == 0 && Files.exists(partial)) {
                Files.move(partial, archive.archive(), StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(archive.classList());
                LOG.info("made class archive {}", archive.archive());
            } else {
                LOG.warn("class archive {} was not made; see {}", archive.archive(), dump.log());
            }
        } finally {
            Files.deleteIfExists(partial);
            Files.deleteIfExists(classes);
        }
    }

    /** Of runs that were killed. */
    private static void deleteAbandoned(Path directory) throws IOException {
        try (DirectoryStream<Path> partials = Files.newDirectoryStream(directory, "*" + PARTIAL)) {
            for (Path partial : partials) {
                if (ProcessHandle.of(maker(partial)).isEmpty()) {
                    Files.deleteIfExists(partial);
                }
            }
        }
    }

    /** Whose process it is; 0, which no process has, where the name doesn't tell. */
    private static long maker(Path partial) {
        String name = String.valueOf(partial.getFileName());
        String stem = name.substring(0, name.length() - PARTIAL.length());
        String pid = stem.substring(stem.lastIndexOf('.') + 1);
        return pid.matches("\\d{1,18}") ? Long.parseLong(pid) : 0;
    }

    /**
     * The list without its last line, which is still being written, and without the classes behind lambdas: JDK 17 crashes
     * when it loads one whose interface could not be archived (JDK-8285914).
     */
    static String archivable(String list) {
        return list.substring(0, list.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> !line.startsWith("@lambda-proxy"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
