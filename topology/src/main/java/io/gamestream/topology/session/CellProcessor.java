package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.PolicySet;
import io.gamestream.schemas.sessions.Tick;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the cells of one partition, folds their inbox, and writes time into it. */
final class CellProcessor extends ContextualProcessor<String, CellRecord, String, CellOutput> {

    private static final Logger LOG = LoggerFactory.getLogger(CellProcessor.class);

    private final SessionConfig config;
    private final Map<String, Cell> cells = new HashMap<>();
    private final Map<String, String> policies = new HashMap<>();
    private final CheckpointTimes checkpoints;
    private @Nullable CellStores stores;
    private @Nullable Sensor violations;

    CellProcessor(SessionConfig config) {
        this.config = config;
        this.checkpoints = new CheckpointTimes(config.checkpointEvery());
    }

    @Override
    public void init(ProcessorContext<String, CellOutput> context) {
        super.init(context);
        stores = new CellStores(
                context.getStateStore(SessionTopology.Names.HOSTS),
                context.getStateStore(SessionTopology.Names.TICKETS),
                context.getStateStore(SessionTopology.Names.CELLS),
                context.getStateStore(SessionTopology.Names.POLICIES));
        violations = context.metrics()
                .addRateTotalSensor("session", context.taskId().toString(), "violations", Sensor.RecordingLevel.INFO);
        for (CellSettings settings : config.cells()) {
            if (settings.partition() == context.taskId().partition()) {
                cells.put(settings.id(), stores.load(settings));
                policies.put(settings.id(), PolicyJson.write(config.policyOf(settings)));
            }
        }
        context.schedule(config.tick(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, CellRecord> input) {
        CellRecord record = input.value();
        @Nullable Cell cell = record == null ? null : cells.get(record.getCellId());
        if (cell == null) {
            throw new BadSessionRecordException("a record of " + (record == null ? "no cell" : record.getCellId())
                    + " on partition " + context().taskId().partition() + " (expected: one of " + cells.keySet() + ")");
        }
        CellDecision decision = decide(cell, record);
        Objects.requireNonNull(stores).write(cell, decision);
        if (decision.violation() != null) {
            LOG.error("cell {} grants nothing from now on: {}", cell.id(), decision.violation());
            Objects.requireNonNull(violations).record();
        }
        context().forward(input.withValue(new CellOutput.Decided(decision)));
        if (record.getBody() instanceof Tick && checkpoints.isDue(cell)) {
            long offset = context().recordMetadata().orElseThrow().offset();
            context().forward(input.withValue(new CellOutput.Kept(Checkpoint.of(cell, offset, record.getAt()))));
        }
    }

    /** What goes wrong in the middle leaves the cell half changed: it is read back from its rows, which aren't. */
    private CellDecision decide(Cell cell, CellRecord record) {
        try {
            return CellMachine.decide(cell, record);
        } catch (BadSessionRecordException e) {
            throw e;
        } catch (RuntimeException e) {
            CellSettings settings = config.cell(cell.id()).orElseThrow();
            cells.put(cell.id(), Objects.requireNonNull(stores).load(settings));
            throw e;
        }
    }

    private void tick(long now) {
        cells.forEach((id, cell) -> {
            String policy = Objects.requireNonNull(policies.get(id));
            if (!policy.equals(cell.policyText())) {
                own(id, now, PolicySet.newBuilder().setPolicy(policy).build());
            }
            own(id, now, new Tick());
        });
    }

    private void own(String cellId, long now, Object body) {
        CellRecord record = CellRecord.newBuilder()
                .setCellId(cellId)
                .setAt(now)
                .setBody(body)
                .build();
        context().forward(new Record<>(cellId, new CellOutput.Own(record), now));
    }
}
