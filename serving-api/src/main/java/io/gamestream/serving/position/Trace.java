package io.gamestream.serving.position;

import io.gamestream.serving.view.Freshness;
import io.gamestream.serving.view.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * One position of the source log on its way into one view. It has passed a stage when the stage's group has committed all that
 * its input held when the stage before was passed; it is in a partition of the view when the table is past the end that the
 * partition had then. Knows offsets only; whoever asks Kafka drives it.
 */
final class Trace {

    private final View view;
    private final Freshness freshness;
    private final List<Stage> stages;
    private int stage;

    /** What must be reached in the current stage, or in the view's partitions; empty while it is not known. */
    private Map<TopicPartition, Long> targets;

    private boolean known;

    /** @param facts the offset of the last record of each fact partition that the position covers */
    Trace(View view, Freshness freshness, List<Stage> stages, Map<TopicPartition, Long> facts) {
        this.view = view;
        this.freshness = freshness;
        this.stages = List.copyOf(stages);
        Map<TopicPartition, Long> first = new HashMap<>();
        facts.forEach((at, last) -> {
            if (at.topic().equals(stages.get(0).input())) {
                first.put(at, last + 1);
            }
        });
        this.targets = first;
        this.known = true;
    }

    View view() {
        return view;
    }

    Freshness freshness() {
        return freshness;
    }

    /** Whether it is through all stages, and the view's own partitions are what remains. */
    boolean inView() {
        return stage == stages.size();
    }

    /** The stage that it is in; not for a trace that is {@link #inView()}. */
    Stage stage() {
        return stages.get(stage);
    }

    /** Partitions whose committed offsets it waits for. */
    Map<TopicPartition, Long> targets() {
        return targets;
    }

    /** The topic whose ends it needs now, or empty where it has what it needs. */
    String needsEndsOf() {
        if (known) {
            return "";
        }
        return inView() ? view.topic() : stage().input();
    }

    /** Gives it the ends of {@link #needsEndsOf()}. */
    void ends(Map<TopicPartition, Long> ends) {
        targets = Map.copyOf(ends);
        known = true;
    }

    /**
     * Goes on to the next stage if this one's group has committed enough.
     *
     * @param committed of the stage's group; partitions without a commit are missing
     */
    boolean passes(Map<TopicPartition, Long> committed) {
        if (!known || inView()) {
            return false;
        }
        for (Map.Entry<TopicPartition, Long> target : targets.entrySet()) {
            if (committed.getOrDefault(target.getKey(), 0L) < target.getValue()) {
                return false;
            }
        }
        stage++;
        known = false;
        targets = Map.of();
        return true;
    }

    /** Where a partition of the view must be; 0 where it had nothing. Only once in the view, with its ends known. */
    boolean reached(int partition, long position) {
        return inView() && known && position >= targets.getOrDefault(new TopicPartition(view.topic(), partition), 0L);
    }
}
