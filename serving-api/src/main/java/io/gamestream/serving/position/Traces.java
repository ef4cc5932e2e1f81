package io.gamestream.serving.position;

import io.gamestream.schemas.cdc.PartitionOffset;
import io.gamestream.schemas.cdc.Position;
import io.gamestream.serving.view.Freshness;
import io.gamestream.serving.view.View;
import io.gamestream.serving.view.ViewRegistry;
import io.gamestream.serving.view.ViewTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** All traces under way, driven together: one question to Kafka for all of a kind. One thread. */
final class Traces {

    /** More than one, so that a read which begins to wait does not wait for a trace that began before its write. */
    private static final int MAX_PER_VIEW = 8;

    private final ViewRegistry registry;
    private final Map<View, List<Stage>> lineage;
    private final Offsets offsets;
    private final List<Trace> traces = new ArrayList<>();
    private final Map<View, Position> started = new HashMap<>();

    Traces(ViewRegistry registry, Map<View, List<Stage>> lineage, Offsets offsets) {
        this.registry = registry;
        this.lineage = Map.copyOf(lineage);
        this.offsets = offsets;
    }

    /** Begins to follow a position into some views, unless that is under way. */
    void begin(Position position, Set<View> views) {
        Map<TopicPartition, Long> facts = null;
        for (View view : views) {
            List<Stage> stages = lineage.get(view);
            Position last = started.get(view);
            long underWay =
                    traces.stream().filter(trace -> trace.view() == view).count();
            if (stages == null || position.equals(last) || underWay >= MAX_PER_VIEW) {
                continue;
            }
            facts = facts == null ? facts(position) : facts;
            Freshness freshness =
                    new Freshness(position.getLsn(), asOf(position).toEpochMilli(), Lsn.format(position.getLsn()));
            traces.add(new Trace(view, freshness, stages, facts));
            started.put(view, position);
        }
    }

    /** Of an idle database the newest change may be old, and what it shows is not. */
    private static Instant asOf(Position position) {
        Instant verified = position.getVerifiedAt();
        return verified != null && verified.isAfter(position.getSourceAt()) ? verified : position.getSourceAt();
    }

    boolean any() {
        return !traces.isEmpty();
    }

    /** Moves every trace as far as it goes now; throws where Kafka did not answer, and then goes on from there next time. */
    void advance() throws Offsets.UnknownException, InterruptedException {
        boolean moved = true;
        while (moved) {
            learnEnds();
            moved = passStages();
        }
        prove();
    }

    private void learnEnds() throws Offsets.UnknownException, InterruptedException {
        Set<String> topics = new HashSet<>();
        traces.stream()
                .map(Trace::needsEndsOf)
                .filter(topic -> !topic.isEmpty())
                .forEach(topics::add);
        if (topics.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = offsets.ends(topics);
        for (Trace trace : traces) {
            String topic = trace.needsEndsOf();
            if (topics.contains(topic)) {
                Map<TopicPartition, Long> own = new HashMap<>(ends);
                own.keySet().removeIf(at -> !at.topic().equals(topic));
                trace.ends(own);
            }
        }
    }

    private boolean passStages() throws Offsets.UnknownException, InterruptedException {
        Map<String, Set<TopicPartition>> wanted = new HashMap<>();
        for (Trace trace : traces) {
            if (!trace.inView() && !trace.targets().isEmpty()) {
                wanted.computeIfAbsent(trace.stage().group(), key -> new HashSet<>())
                        .addAll(trace.targets().keySet());
            }
        }
        Map<String, Map<TopicPartition, Long>> committed = wanted.isEmpty() ? Map.of() : offsets.committed(wanted);
        boolean moved = false;
        for (Trace trace : traces) {
            moved |= !trace.inView()
                    && trace.passes(committed.getOrDefault(trace.stage().group(), Map.of()));
        }
        return moved;
    }

    /** A trace ends when every partition that is here has reached it; a later trace of the view says more than an earlier. */
    private void prove() {
        for (Iterator<Trace> each = traces.iterator(); each.hasNext(); ) {
            Trace trace = each.next();
            if (trace.inView() && proveAll(trace)) {
                each.remove();
            }
        }
    }

    private boolean proveAll(Trace trace) {
        boolean all = true;
        for (int partition = 0; partition < registry.partitions(trace.view()); partition++) {
            ViewTable table = registry.table(trace.view(), partition);
            if (table.role() == ViewTable.Role.NONE) {
                continue;
            }
            boolean reached = table.current() && trace.reached(partition, table.position()) && table.current();
            if (reached) {
                table.prove(trace.freshness());
            }
            all &= reached;
        }
        return all;
    }

    private static Map<TopicPartition, Long> facts(Position position) {
        Map<TopicPartition, Long> facts = new HashMap<>();
        for (PartitionOffset offset : position.getOffsets()) {
            facts.put(new TopicPartition(offset.getTopic(), offset.getPartition()), offset.getOffset());
        }
        return facts;
    }
}
