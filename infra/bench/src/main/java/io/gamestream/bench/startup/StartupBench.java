package io.gamestream.bench.startup;

import io.gamestream.bench.BenchStage;
import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.stack.DataDirectory;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench startup}: {@code ./backbone demo} three times on one data directory, and its memory when it is quiet. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        description = "Runs ./backbone demo: on an empty data directory, again, and again after kill -9 of everything."
                + " Prints when each part was ready, counted from the command, and the memory of all processes.")
public final class StartupBench implements Callable<Integer> {

    private static final double SECOND_START_S = 20;
    private static final double AFTER_KILL_S = 30;
    private static final double MEMORY_MB = 2_000;
    private static final int SAMPLES = 5;
    private static final Duration ARCHIVES_WITHIN = Duration.ofMinutes(5);

    @Option(
            names = "--quiet-seconds",
            defaultValue = "30",
            paramLabel = "N",
            description = "How long the world moves after the second start until memory is read (${DEFAULT-VALUE}).")
    int quietSeconds;

    private final Path home =
            Path.of(System.getProperty("backbone.home", ".")).toAbsolutePath().normalize();

    @Override
    public Integer call() throws Exception {
        Path dataDir = Files.createTempDirectory("backbone-startup");
        List<String> ports = DemoRun.freePorts();
        BenchReport report = new BenchReport("startup");
        try {
            say("first start");
            try (DemoRun first = DemoRun.start(home, dataDir, ports)) {
                add(report, "first start", first.awaitReady(), Double.NaN);
                awaitArchives(dataDir);
            }
            say("second start");
            try (DemoRun second = DemoRun.start(home, dataDir, ports)) {
                add(report, "second start", second.awaitReady(), SECOND_START_S);
                say("the world moves for " + quietSeconds + " s");
                TimeUnit.SECONDS.sleep(quietSeconds);
                memory(report, second, dataDir);
                say("kill -9 of everything, then a third start");
                second.killAll();
            }
            try (DemoRun third = DemoRun.start(home, dataDir, ports)) {
                add(report, "after kill -9", third.awaitReady(), AFTER_KILL_S);
            }
        } finally {
            DataDirectory.delete(dataDir);
        }
        report.note("seconds since the command was given");
        return BenchStage.finish(report);
    }

    private static void add(BenchReport report, String start, Map<String, Duration> ready, double limit) {
        ready.forEach((what, after) -> {
            String name = start + ": " + what + " ready";
            double seconds = after.toMillis() / 1e3;
            boolean judged = what.equals("all") && !Double.isNaN(limit);
            report.add(judged ? Figure.atMost(name, seconds, limit, "s") : Figure.plain(name, seconds, "s"));
        });
    }

    private static void memory(BenchReport report, DemoRun run, Path dataDir) throws IOException, InterruptedException {
        List<MemoryTable> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            samples.add(MemoryTable.of(run.tree(), dataDir));
            TimeUnit.SECONDS.sleep(1);
        }
        samples.sort(Comparator.comparingLong(MemoryTable::total));
        MemoryTable median = samples.get(SAMPLES / 2);
        median.sorted().forEach((name, bytes) -> report.add(Figure.plain("memory: " + name, bytes / 1e6, "MB")));
        report.add(Figure.atMost("memory: all", median.total() / 1e6, MEMORY_MB, "MB"));
    }

    /** A first run lists its classes, and makes archives of them while it runs: later starts are measured with those. */
    private void awaitArchives(Path dataDir) throws IOException, InterruptedException {
        List<Path> lists = List.of(dataDir.resolve("run"), ClassArchive.directory(home.resolve("target")));
        long deadline = System.nanoTime() + ARCHIVES_WITHIN.toNanos();
        boolean told = false;
        while (hasClassLists(lists) && System.nanoTime() < deadline) {
            if (!told) {
                say("class archives are being made");
                told = true;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static boolean hasClassLists(List<Path> roots) throws IOException {
        for (Path root : roots) {
            AtomicBoolean found = new AtomicBoolean();
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!file.toString().endsWith(".classes")) {
                        return FileVisitResult.CONTINUE;
                    }
                    found.set(true);
                    return FileVisitResult.TERMINATE;
                }

                /** A list may be turned into an archive while we look. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException && !file.equals(root)) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
            if (found.get()) {
                return true;
            }
        }
        return false;
    }

    private static void say(String what) {
        System.out.println(what);
    }
}
