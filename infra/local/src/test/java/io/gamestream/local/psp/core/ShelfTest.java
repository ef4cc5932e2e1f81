package io.gamestream.local.psp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ShelfTest {

    private record Thing(String id, String group) {}

    /** The groups are only a faster way to the same answer. */
    @Property(tries = 200)
    void aGroupHasWhatALookAtEverythingFinds(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Shelf<Thing> shelf = new Shelf<>(8, Thing::group);
        for (int i = 0; i < 60; i++) {
            Thing thing = new Thing("t" + random.nextInt(20), "g" + random.nextInt(3));
            shelf.put(thing.id(), thing);
            List<Thing> all = shelf.newestFirst(null).toList();
            assertThat(all).hasSizeLessThanOrEqualTo(8);
            String cursor = all.get(random.nextInt(all.size())).id();
            for (String group : new String[] {"g0", "g1", "g2"}) {
                assertThat(shelf.newestFirst(group, null).toList()).isEqualTo(of(group, all));
                assertThat(shelf.newestFirst(group, cursor).toList())
                        .isEqualTo(of(group, shelf.newestFirst(cursor).toList()));
                assertThat(shelf.newerThan(group, cursor).toList())
                        .isEqualTo(of(group, shelf.newerThan(null, cursor).toList()));
            }
        }
    }

    private static List<Thing> of(String group, List<Thing> all) {
        List<Thing> found = new ArrayList<>(all);
        found.removeIf(thing -> !thing.group().equals(group));
        return found;
    }
}
