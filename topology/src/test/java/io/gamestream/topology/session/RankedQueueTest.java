package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Against a tree set. */
class RankedQueueTest {

    @Property(tries = 100)
    void isASortedSetThatKnowsRanks(
            @ForAll @Size(max = 3_000) List<@IntRange(min = -2_000, max = 2_000) Integer> steps) {
        RankedQueue<Integer> queue = new RankedQueue<>(Comparator.<Integer>naturalOrder());
        TreeSet<Integer> model = new TreeSet<>();
        for (int step : steps) {
            int element = Math.abs(step);
            if (step < 0) {
                assertThat(queue.remove(element)).isEqualTo(model.remove(element));
            } else {
                assertThat(queue.add(element)).isEqualTo(model.add(element));
            }
        }
        assertThat(queue).containsExactlyElementsOf(model);
        assertThat(queue.size()).isEqualTo(model.size());
        assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
        for (int element = 0; element <= 2_000; element += 97) {
            assertThat(queue.rank(element)).isEqualTo(model.headSet(element).size());
        }
    }

    @Property(tries = 5)
    void manyChunksAreStillOneOrder(@ForAll @IntRange(min = 1, max = 9) int stride) {
        RankedQueue<Integer> queue = new RankedQueue<>(Comparator.<Integer>naturalOrder());
        int size = 5_000;
        for (int i = 0; i < size; i++) {
            queue.add((i * 7_919 * stride) % 10_007);
        }
        TreeSet<Integer> sorted = new TreeSet<>();
        queue.forEach(sorted::add);
        assertThat(queue).containsExactlyElementsOf(sorted);
        assertThat(queue.first()).isEqualTo(sorted.first());
        assertThat(queue.rank(sorted.last())).isEqualTo(sorted.size() - 1);
    }
}
