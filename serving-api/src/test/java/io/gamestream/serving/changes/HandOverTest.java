package io.gamestream.serving.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.serving.changes.StreamPosition.Offsets;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/**
 * The rules by which a client goes from one reader to another, without Kafka: a log of three partitions with gaps, a tail that remembers
 * little, a reader of the past, a client that disconnects at any moment.
 */
class HandOverTest {

    private static final int PARTITIONS = 3;
    private static final Uuid TOPIC = new Uuid(7, 9);

    @Property
    void everyChangeArrivesOnceAndInOrderWhateverHappens(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 20) int remembered) {
        Random random = new Random(seed);
        List<Change> log = log(random);
        int tailStart = random.nextInt(log.size());
        RecentChanges recent = new RecentChanges(remembered, next(log, tailStart));
        List<Change> received = new ArrayList<>();
        Outbox outbox = outbox(new StreamPosition('g', TOPIC, 0, new Offsets(0, 0, 0)));
        int tail = tailStart;
        int past = 0;
        boolean live = false;
        while (received.size() < log.size()) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    if (tail < log.size()) {
                        Change change = log.get(tail++);
                        recent.add(change);
                        // A live client with a full outbox is disconnected, and has to come back.
                        if (live && !outbox.offer(change)) {
                            outbox = reconnect(outbox);
                            live = false;
                            past = 0;
                        }
                    }
                }
                case 2 -> {
                    if (!live && past < log.size() && outbox.offer(log.get(past))) {
                        past++;
                    }
                }
                case 3 -> {
                    if (!live && recent.covers(outbox.offered())) {
                        live = true;
                        for (Change change : recent.since(outbox.offered())) {
                            if (!outbox.offer(change)) {
                                live = false;
                                break;
                            }
                        }
                    }
                }
                case 4 -> {
                    Change change = outbox.poll();
                    if (change != null) {
                        received.add(change);
                    }
                }
                default -> {
                    if (random.nextInt(10) == 0) {
                        outbox = reconnect(outbox);
                        live = false;
                        past = 0;
                    }
                }
            }
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int p = partition;
            assertThat(received.stream()
                            .filter(change -> change.partition() == p)
                            .map(Change::offset))
                    .containsExactlyElementsOf(log.stream()
                            .filter(change -> change.partition() == p)
                            .map(Change::offset)
                            .toList());
        }
    }

    @Test
    void aFilteredClientMovesOnWithChangesOfOthers() {
        Outbox outbox = new Outbox(new StreamPosition('g', TOPIC, 0, new Offsets(0)), 1, "mine", 1_000);
        assertThat(outbox.offer(change(0, 5, "other"))).isTrue();
        assertThat(outbox.offer(change(0, 8, "mine"))).isTrue();
        Change first = outbox.poll();
        Change second = outbox.poll();
        assertThat(first).isNotNull().extracting(Change::event).isNull();
        assertThat(second).isNotNull().extracting(Change::event).isNotNull();
        assertThat(outbox.position().next()).isEqualTo(new Offsets(9));
    }

    @Test
    void aFullOutboxTakesNothing() {
        Outbox outbox = new Outbox(new StreamPosition('g', TOPIC, 0, new Offsets(0)), 1, null, 70);
        assertThat(outbox.offer(change(0, 0, "a"))).isTrue();
        assertThat(outbox.offer(change(0, 1, "b"))).isTrue();
        assertThat(outbox.offer(change(0, 2, "c"))).isFalse();
        assertThat(outbox.poll()).isNotNull();
        assertThat(outbox.poll()).isNotNull();
        assertThat(outbox.offer(change(0, 2, "c"))).isTrue();
    }

    /** The client remembers the position after the last change that it received; what was under way is lost. */
    private static Outbox reconnect(Outbox before) {
        String id = before.position().encode();
        return outbox(StreamPosition.decode(id).orElseThrow());
    }

    private static Outbox outbox(StreamPosition start) {
        return new Outbox(start, PARTITIONS, null, 500);
    }

    private static List<Change> log(Random random) {
        long[] next = new long[PARTITIONS];
        List<Change> log = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int size = 1 + random.nextInt(80);
        while (log.size() < size) {
            int partition = random.nextInt(PARTITIONS);
            next[partition] += 1 + random.nextInt(3);
            assertThat(seen.add(partition + "-" + next[partition])).isTrue();
            log.add(change(partition, next[partition], "k" + random.nextInt(5)));
        }
        return log;
    }

    private static Offsets next(List<Change> log, int read) {
        long[] next = new long[PARTITIONS];
        log.subList(0, read).forEach(change -> next[change.partition()] = change.offset() + 1);
        return new Offsets(next);
    }

    private static Change change(int partition, long offset, String key) {
        return new Change(partition, offset, key, Buffer.buffer("x"));
    }
}
