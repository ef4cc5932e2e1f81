package io.gamestream.payments.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void oneThatNeverEndsLeavesRoomForTheCommitOfOthers() {
        Progress progress = new Progress(0, "");
        int begun = 0;
        while (progress.hasRoom()) {
            progress.begin(begun);
            // The first stays open.
            progress.done(begun == 0 ? -1 : begun);
            begun++;
        }
        assertThat(begun).isEqualTo(501);
        assertThat(progress.metadata()).hasSizeLessThan(4_096).endsWith(",500");
        progress.done(0);
        assertThat(progress.hasRoom()).isTrue();
        assertThat(progress.offset()).isEqualTo(501);
    }

    @Test
    void metadataIsNeverLongerThanTheBrokerTakes() {
        Progress progress = new Progress(0, "");
        for (long offset = 0; offset < 3_000; offset++) {
            progress.begin(offset);
            if (offset > 0) {
                progress.done(offset);
            }
        }
        Progress restarted = new Progress(progress.offset(), progress.metadata());
        assertThat(progress.metadata()).hasSizeLessThan(4_096);
        assertThat(restarted.begin(0)).isTrue();
        assertThat(restarted.begin(500)).as("done is done").isFalse();
        assertThat(restarted.begin(2_999)).as("no room for it").isTrue();
    }

    @Test
    void aRecordThatComesAgainIsNotPassedOver() {
        Progress progress = new Progress(0, "");
        progress.begin(0);
        progress.begin(1);
        progress.again(1);
        progress.done(0);
        assertThat(progress.offset()).isEqualTo(1);
        assertThat(progress.begin(1)).isTrue();
    }

    @Test
    void anOpenOffsetHoldsBackTheCommitAndNothingElse() {
        Progress progress = new Progress(10, "");
        for (long offset = 10; offset < 15; offset++) {
            assertThat(progress.begin(offset)).isTrue();
        }
        progress.done(12);
        progress.done(14);
        assertThat(progress.offset()).isEqualTo(10);
        assertThat(progress.metadata()).isEqualTo("2,4");
        progress.done(10);
        assertThat(progress.offset()).isEqualTo(11);
        assertThat(progress.metadata()).isEqualTo("1,3");
        progress.done(11);
        progress.done(13);
        assertThat(progress.offset()).isEqualTo(15);
        assertThat(progress.metadata()).isEmpty();
    }

    /** Offsets have gaps, since transactions leave markers between records. */
    @Property
    void whatIsDoneIsNeverDoneAgainAfterARestart(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 40) int records,
            @ForAll @IntRange(min = 0, max = 40) int finish) {
        Random random = new Random(seed);
        List<Long> offsets = new ArrayList<>();
        long offset = 100;
        for (int i = 0; i < records; i++) {
            offset += 1 + random.nextInt(3);
            offsets.add(offset);
        }
        Progress before = new Progress(100, "");
        offsets.forEach(before::begin);
        List<Long> order = new ArrayList<>(offsets);
        Collections.shuffle(order, random);
        Set<Long> done = new HashSet<>(order.subList(0, Math.min(finish, order.size())));
        done.forEach(before::done);

        Progress after = new Progress(before.offset(), before.metadata());
        Set<Long> again = new HashSet<>();
        for (long next : offsets) {
            if (next >= before.offset() && after.begin(next)) {
                again.add(next);
            }
        }
        Set<Long> expected = new HashSet<>(offsets);
        expected.removeAll(done);
        assertThat(again).isEqualTo(expected);
    }
}
