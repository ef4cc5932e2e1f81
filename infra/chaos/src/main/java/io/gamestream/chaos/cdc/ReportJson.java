package io.gamestream.chaos.cdc;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gamestream.chaos.cdc.check.Fault;
import io.gamestream.chaos.cdc.check.Finding;
import io.gamestream.chaos.cdc.check.Verdict;
import io.gamestream.chaos.cdc.plan.Done;
import io.gamestream.chaos.cdc.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The outcome for machines. */
final class ReportJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private ReportJson() {}

    static void write(Outcome outcome, Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), of(outcome));
    }

    private static Map<String, Object> of(Outcome outcome) {
        Verdict verdict = outcome.verdict();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("held", outcome.held());
        json.put("summary", Report.lastLine(outcome));
        json.put("seed", outcome.seed());
        json.put("tookMs", outcome.took().toMillis());
        json.put("kills", outcome.kills());
        json.put("keys", verdict.keys());
        json.put("changes", verdict.changes());
        json.put("coveredBySnapshot", verdict.coveredBySnapshot());
        json.put("records", verdict.records());
        json.put("snapshotRecords", verdict.snapshotRecords());
        json.put("snapshotRepeats", verdict.snapshotRepeats());
        json.put("abortedRecords", outcome.aborted());
        json.put("earlyByPositionBeforeCommit", outcome.earlyByFloor());
        json.put("rollbacks", outcome.rollbacks());
        Map<String, Long> faults = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            faults.put(fault.name(), verdict.count(fault));
        }
        json.put("faults", faults);
        json.put("samples", verdict.samples().stream().map(Finding::toString).toList());
        json.put("evidence", outcome.evidence());
        json.put("complaints", outcome.complaints());
        json.put("exits", outcome.exits());
        json.put("acts", outcome.done().stream().map(ReportJson::of).toList());
        return json;
    }

    private static Map<String, Object> of(Done done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", done.number());
        json.put("act", done.planned().act().name());
        json.put("delayMs", done.planned().delay().toMillis());
        json.put("hit", done.hit());
        json.put("committed", done.committed());
        json.put("delivered", done.delivered());
        json.put("readyAfterMs", done.readyAfter().toMillis());
        json.put("remark", done.remark());
        return json;
    }
}
