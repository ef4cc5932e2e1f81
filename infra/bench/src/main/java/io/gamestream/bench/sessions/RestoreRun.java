package io.gamestream.bench.sessions;

import io.gamestream.bench.BenchStage;
import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import io.gamestream.local.process.ProcessTree;
import io.gamestream.local.service.PrometheusText;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.stack.Part;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Live sessions in the changelogs of a real broker, and the service {@code sessions} in a process of its own that reads them: on an
 * empty disk, and on the disk that it has left.
 */
final class RestoreRun {

    private static final double RESTORE_S = 60;
    private static final double MEGABYTE = 1e6;
    private static final String SERVICE = "sessions";

    /** A laptop's quarter of a gigabyte is for thousands of sessions. */
    private static final ServiceSpec SPEC = ServiceTable.of(SERVICE).withJvmFlags(List.of("-Xmx3g", "-Xmn512m"));

    private static final List<String> SETTINGS =
            List.of("--set", "sessions.cells=[{id=" + CellLoad.CELL + ",region=" + CellLoad.REGION + ",partition=0}]");

    private final BenchReport report;
    private final HttpClient http = HttpClient.newHttpClient();

    RestoreRun(BenchReport report) {
        this.report = report;
    }

    /**
     * Writes, and reads back.
     *
     * @param held sessions, a multiple of four
     */
    void run(int held) throws Exception {
        try (BenchStage stage = BenchStage.start(Part.KAFKA, Part.REGISTRY);
                LiveCount live = new LiveCount(stage.kafka(), stage.registry())) {
            // It makes its changelogs itself.
            start(stage);
            live.await(0);
            stage.find(SERVICE).close();
            long rows = write(stage, held);
            stage.deleteState();
            int port = restart(stage, live, held, "on an empty disk");
            memory(stage, port, held);
            report.add(Figure.atLeast(held + " sessions: records restored on an empty disk", restored(port), rows, ""));
            stage.find(SERVICE).close();
            port = restart(stage, live, held, "on its own disk");
            report.add(
                    Figure.atMost(held + " sessions: records restored on its own disk", restored(port), rows / 10, ""));
            report.note("restore: one cell, a process that may use 3 GB of heap");
        }
    }

    private long write(BenchStage stage, int held) {
        stage.say(held + " sessions are written into the changelogs");
        try (LiveState state = new LiveState(stage.kafka())) {
            state.write(held);
            report.add(Figure.plain(
                    held + " sessions: " + state.rows() + " rows in the changelogs", state.bytes() / MEGABYTE, "MB"));
            return state.rows();
        }
    }

    private int restart(BenchStage stage, LiveCount live, int held, String where) throws Exception {
        stage.say("sessions starts " + where);
        live.skip();
        long begun = System.nanoTime();
        int port = start(stage);
        double ready = (System.nanoTime() - begun) / 1e9;
        live.await(held);
        double decided = (System.nanoTime() - begun) / 1e9;
        report.add(Figure.atMost(
                held + " sessions: start of the process until its stores are restored and it is ready, " + where,
                ready,
                RESTORE_S,
                "s"));
        report.add(Figure.plain(held + " sessions: until the cell's first tick is committed, " + where, decided, "s"));
        return port;
    }

    private static int start(BenchStage stage) throws InterruptedException {
        int port = stage.service(SPEC, SERVICE, SETTINGS.toArray(String[]::new));
        stage.awaitReady(SERVICE);
        return port;
    }

    private void memory(BenchStage stage, int port, int held) throws Exception {
        long pid = stage.find(SERVICE).pid();
        report.add(Figure.plain(
                held + " sessions: memory (PSS)",
                ProcessTree.pssBytes(ProcessHandle.of(pid).orElseThrow()).orElse(0) / MEGABYTE,
                "MB"));
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process collection = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        if (collection.waitFor() != 0) {
            throw new IllegalStateException(jcmd + " could not have the garbage of " + SERVICE + " collected");
        }
        report.add(Figure.plain(
                held + " sessions: heap after a full collection",
                metrics(port).sum("jvm_memory_used_bytes", Map.of("area", "heap")) / MEGABYTE,
                "MB"));
    }

    private long restored(int port) throws Exception {
        return (long) metrics(port).sum("streams_restored_records_total", Map.of("application", SERVICE));
    }

    private PrometheusText metrics(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        return new PrometheusText(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
