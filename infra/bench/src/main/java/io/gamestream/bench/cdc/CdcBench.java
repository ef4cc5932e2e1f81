package io.gamestream.bench.cdc;

import io.gamestream.bench.BenchStage;
import io.gamestream.bench.load.Latencies;
import io.gamestream.bench.load.PacedTransactions;
import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import io.gamestream.local.stack.Part;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Snapshot rate, streaming rate and COMMIT-to-consumer latency, everything on this machine. */
@Command(
        name = "cdc",
        description = "Change data capture: snapshot and streaming rows/s, COMMIT -> read_committed consumer latency.",
        mixinStandardHelpOptions = true)
public final class CdcBench implements Callable<Integer> {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int WRITERS = 4;

    /** Until the path of small transactions is compiled, here and in the broker. */
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    @Option(
            names = "--rows",
            description = "Rows of the snapshot, and again of the stream (default: ${DEFAULT-VALUE}).")
    int rows = 1_000_000;

    @Option(names = "--rate", description = "Rows per second of the latency part (default: ${DEFAULT-VALUE}).")
    int rate = 1_000;

    @Option(names = "--seconds", description = "Length of the latency part (default: ${DEFAULT-VALUE}).")
    int seconds = 30;

    @Override
    public Integer call() throws Exception {
        BenchReport report = new BenchReport("cdc");
        try (BenchStage stage = BenchStage.start(Part.KAFKA, Part.POSTGRES, Part.REGISTRY)) {
            ReadingsTable table = new ReadingsTable(stage.postgres());
            table.create();
            stage.say("inserting " + rows + " rows for the snapshot");
            table.insert(0, rows);
            double copy = copyOut(table);
            Path settings = ReadingsTable.settings(stage.directory());
            try (CommittedReader reader = new CommittedReader(stage.kafka(), ReadingsTable.TOPIC)) {
                stage.service("cdc", "cdc", "--config", settings.toString());
                snapshot(report, stage, reader, copy);
                stage.awaitReady("cdc");
                stream(report, stage, table, reader);
                latency(report, stage, table, reader);
                report.add(Figure.plain("Avro bytes per row", (double) reader.bytes() / reader.count(), "B"));
            }
        }
        return BenchStage.finish(report);
    }

    private void snapshot(BenchReport report, BenchStage stage, CommittedReader reader, double copy) {
        long seenFirst = awaitCount(stage, reader, 1);
        long start = System.nanoTime();
        awaitCount(stage, reader, rows);
        double rate = (rows - seenFirst) / ((System.nanoTime() - start) / 1e9);
        report.add(Figure.atLeast("snapshot", rate, 30_000, "rows/s"));
        report.add(Figure.plain("limit: COPY bench.readings TO STDOUT, thrown away", copy, "rows/s"));
        report.add(Figure.plain("snapshot / limit", rate / copy, ""));
    }

    private void stream(BenchReport report, BenchStage stage, ReadingsTable table, CommittedReader reader)
            throws Exception {
        RawDrain raw = new RawDrain(stage.postgres());
        try (Connection connection = table.connect()) {
            raw.prepare(connection);
        }
        stage.say("streaming " + rows + " rows, 1,000 in each transaction");
        long start = System.nanoTime();
        table.insert(rows, 2L * rows);
        double inserted = rows / ((System.nanoTime() - start) / 1e9);
        awaitCount(stage, reader, 2L * rows);
        double rate = rows / ((System.nanoTime() - start) / 1e9);
        double limit = raw.rowsPerSecond(rows);
        report.add(Figure.atLeast("streaming, exactly once, first COMMIT to last row visible", rate, 25_000, "rows/s"));
        report.add(Figure.plain("the INSERTs alone, at the same time on the same cores", inserted, "rows/s"));
        report.add(Figure.plain("limit: the same log read by the driver, thrown away, alone", limit, "rows/s"));
        report.add(Figure.plain("streaming / limit", rate / limit, ""));
    }

    private void latency(BenchReport report, BenchStage stage, ReadingsTable table, CommittedReader reader)
            throws Exception {
        Map<String, Long> committing = new ConcurrentHashMap<>();
        Latencies latencies = new Latencies();
        reader.onRecord((key, now) -> {
            Long since = committing.remove(key);
            if (since != null) {
                latencies.recordMicros((now - since) / 1_000);
            }
        });
        PacedTransactions writer = new PacedTransactions(table::connect, WRITERS);
        long first = 2L * rows;
        stage.say("vacuum after the bulk load");
        table.settle();
        stage.say(
                WARM_UP.toSeconds() + " s of warm-up, then " + rate + " one-row transactions/s for " + seconds + " s");
        long warm = writer.run(first, rate, WARM_UP, ReadingsTable::insertOne, (n, now) -> committing.put(key(n), now))
                .transactions();
        awaitCount(stage, reader, first + warm);
        latencies.take();
        writer.commits();
        PacedTransactions.Done done = writer.run(
                first + warm,
                rate,
                Duration.ofSeconds(seconds),
                ReadingsTable::insertOne,
                (n, now) -> committing.put(key(n), now));
        awaitCount(stage, reader, first + warm + done.transactions());
        Latencies.Summary seen = latencies.take();
        report.add(Figure.atLeast("one-row transactions committed", done.perSecond(), 0.98 * rate, "rows/s"));
        report.add(Figure.atMost("COMMIT -> read_committed consumer, p50", seen.p50(), 20, "ms"));
        report.add(Figure.atMost("COMMIT -> read_committed consumer, p99", seen.p99(), 80, "ms"));
        report.add(Figure.plain("COMMIT -> read_committed consumer, max", seen.max(), "ms"));
        Latencies.Summary commits = writer.commits();
        report.add(Figure.plain("limit: the COMMIT alone, p50", commits.p50(), "ms"));
        report.add(Figure.plain("limit: the COMMIT alone, p99", commits.p99(), "ms"));
        if (seen.count() != done.transactions()) {
            throw new IllegalStateException("saw " + seen.count() + " of " + done.transactions() + " rows");
        }
    }

    private static String key(long number) {
        return Long.toString(number);
    }

    private double copyOut(ReadingsTable table) throws Exception {
        try (Connection connection = table.connect()) {
            long start = System.nanoTime();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY bench.readings TO STDOUT", OutputStream.nullOutputStream());
            return rows / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static long awaitCount(BenchStage stage, CommittedReader reader, long wanted) {
        long patience = System.nanoTime() + PATIENCE_NANOS;
        while (reader.count() < wanted) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException(
                        "only " + reader.count() + " of " + wanted + " rows arrived in five minutes");
            }
            stage.requireAlive("cdc");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return reader.count();
    }
}
