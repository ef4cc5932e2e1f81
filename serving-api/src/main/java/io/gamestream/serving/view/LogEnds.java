package io.gamestream.serving.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares tables with where their logs end: what tells a copy that is still being loaded from a complete one, and how far
 * loading is. A target, once seen, is kept until it is reached, so that a log that never rests is reached too.
 */
public final class LogEnds {

    private static final Logger LOG = LoggerFactory.getLogger(LogEnds.class);
    private static final long ASK_WITHIN_MILLIS = 5_000;

    private final Admin admin;
    private final ViewRegistry registry;
    private final Map<ViewTable, Target> targets = new HashMap<>();
    private volatile Progress progress = new Progress(0, 0, 0, 0);

    private record Target(long end, long seenNanos) {}

    /**
     * How far loading is, over the partitions that this instance has.
     *
     * @param partitions views times partitions
     * @param complete of these
     * @param loaded offsets passed
     * @param end offsets to pass
     */
    public record Progress(int partitions, int complete, long loaded, long end) {}

    public LogEnds(Admin admin, ViewRegistry registry) {
        this.admin = admin;
        this.registry = registry;
    }

    public Progress progress() {
        return progress;
    }

    /** Asks for the ends and tells the tables. Blocks for up to 5 s; where Kafka does not answer, nothing changes. */
    public void refresh() throws InterruptedException {
        List<ViewTable> mine = new ArrayList<>();
        for (ViewTable table : registry.all()) {
            if (table.role() != ViewTable.Role.NONE) {
                mine.add(table);
            }
        }
        targets.keySet().retainAll(mine);
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        mine.forEach(table -> wanted.put(at(table), OffsetSpec.latest()));
        long askedNanos = System.nanoTime();
        Map<TopicPartition, ListOffsetsResultInfo> ends;
        try {
            ends = admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get(ASK_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the ends of the view topics are not known now: {}", e.toString());
            return;
        }
        tell(mine, ends, askedNanos);
    }

    private void tell(List<ViewTable> mine, Map<TopicPartition, ListOffsetsResultInfo> ends, long askedNanos) {
        int complete = 0;
        long loaded = 0;
        long toLoad = 0;
        for (ViewTable table : mine) {
            ListOffsetsResultInfo info = ends.get(at(table));
            if (info == null) {
                continue;
            }
            table.noteEnd(info.offset());
            Target target = targets.computeIfAbsent(table, key -> new Target(info.offset(), askedNanos));
            if (table.position() >= target.end()) {
                table.logEnd(target.end(), target.seenNanos());
                targets.remove(table);
            }
            complete += table.current() ? 1 : 0;
            loaded += Math.min(table.position(), info.offset());
            toLoad += info.offset();
        }
        progress = new Progress(mine.size(), complete, loaded, toLoad);
    }

    private static TopicPartition at(ViewTable table) {
        return new TopicPartition(table.view().topic(), table.partition());
    }
}
