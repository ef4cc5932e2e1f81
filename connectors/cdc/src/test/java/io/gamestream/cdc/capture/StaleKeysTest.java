package io.gamestream.cdc.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class StaleKeysTest {

    private static final long BASE = 100;
    private static final long PLENTY = 1 << 20;

    @Example
    void areThoseWithAnOldValueAndNothingLater() {
        StaleKeys stale = new StaleKeys(Slice.WHOLE, BASE, PLENTY);
        stale.take(1, key("old"), true);
        stale.take(2, key("deleted"), true);
        stale.take(3, key("again"), true);
        stale.take(4, key("deleted"), false);
        stale.take(BASE, key("again"), true);
        stale.take(BASE + 1, key("new"), true);
        stale.take(BASE + 2, key("new"), false);
        assertThat(stale.keys()).containsExactly(ByteBuffer.wrap(key("old")));
    }

    @Example
    void nothingIsHeldOfKeysThatHaveGone() {
        StaleKeys stale = new StaleKeys(Slice.WHOLE, BASE, 200);
        for (int i = 0; i < 50; i++) {
            assertThat(stale.take(i, key("k" + i), true)).isTrue();
            assertThat(stale.take(i, key("k" + i), true)).isTrue();
            assertThat(stale.take(i, key("k" + i), false)).isTrue();
        }
        assertThat(stale.take(60, key("one"), true)).isTrue();
        assertThat(stale.take(61, key("two"), true)).as("beyond 200 bytes").isFalse();
    }

    @Property(tries = 50)
    void slicesThatFitTheMemoryFindWhatOneReadingFinds(
            @ForAll @IntRange(max = 500) int old, @ForAll @IntRange(max = 500) int living) {
        Set<ByteBuffer> found = new HashSet<>();
        int most = 0;
        Deque<Slice> slices = new ArrayDeque<>(List.of(Slice.WHOLE));
        while (!slices.isEmpty()) {
            Slice slice = slices.pop();
            Set<ByteBuffer> keys = read(slice, old, living);
            if (keys == null) {
                slice.halves().forEach(slices::push);
            } else {
                most = Math.max(most, keys.size());
                assertThat(Collections.disjoint(found, keys)).isTrue();
                found.addAll(keys);
            }
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(living, Math.max(old, living))
                        .mapToObj(i -> ByteBuffer.wrap(key("k" + i)))
                        .toList());
        assertThat(most).isLessThanOrEqualTo(16);
    }

    private static @Nullable Set<ByteBuffer> read(Slice slice, int old, int living) {
        StaleKeys stale = new StaleKeys(slice, 500, 2_000);
        for (int i = 0; i < old; i++) {
            if (!stale.take(i, key("k" + i), true)) {
                return null;
            }
        }
        for (int i = 0; i < living; i++) {
            assertThat(stale.take(500 + i, key("k" + i), true)).isTrue();
        }
        return stale.keys();
    }

    private static byte[] key(String key) {
        return key.getBytes(UTF_8);
    }
}
