package io.gamestream.serving.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryMapTest {

    private static final long NOW = 1_800_000_000_000L;
    private final EntryMap map = new EntryMap();

    /** A change of one of few keys, so that keys meet often. */
    record Change(String key, long version, boolean delete) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Change> change = Combinators.combine(
                        Arbitraries.integers().between(0, 40).map(i -> "k" + i),
                        Arbitraries.longs().between(0, 30),
                        Arbitraries.of(true, false, false))
                .as(Change::new);
        return change.list().ofMaxSize(400);
    }

    @Property(tries = 300)
    void holdsTheNewestVersionOfEachKeyInWhateverOrderTheyCome(@ForAll("changes") List<Change> changes) {
        EntryMap tested = new EntryMap();
        Map<String, Change> model = new HashMap<>();
        for (Change change : changes) {
            Change known = model.get(change.key());
            boolean applies = known == null || change.version() >= known.version();
            if (applies) {
                model.put(change.key(), change);
            }
            byte[] body = change.delete() ? null : ("v" + change.version()).getBytes(UTF_8);
            assertThat(put(tested, change.key(), change.version(), body)).isEqualTo(applies);
        }
        model.forEach((key, change) ->
                assertThat(body(tested, key)).isEqualTo(change.delete() ? null : "v" + change.version()));
        assertThat(tested.size()).isEqualTo((int)
                model.values().stream().filter(change -> !change.delete()).count());
    }

    @Test
    void growsWithoutLosingKeys() {
        for (int i = 0; i < 100_000; i++) {
            put(map, "key-" + i, 1, ("body-" + i).getBytes(UTF_8));
        }
        for (int i = 0; i < 100_000; i++) {
            assertThat(body(map, "key-" + i)).isEqualTo("body-" + i);
        }
        assertThat(body(map, "key-100000")).isNull();
        assertThat(map.size()).isEqualTo(100_000);
    }

    @Test
    void readersNeverMissAKeyWhileTheTableGrows() throws InterruptedException {
        put(map, "here", 1, "x".getBytes(UTF_8));
        byte[] key = "here".getBytes(UTF_8);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<@Nullable String> missed = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            while (!stop.get()) {
                if (map.find(key, EntryMap.hash(key)) == null) {
                    missed.set("missed");
                }
            }
        });
        reader.start();
        for (int i = 0; i < 200_000; i++) {
            put(map, "key-" + i, 1, "y".getBytes(UTF_8));
        }
        stop.set(true);
        reader.join();
        assertThat(missed.get()).isNull();
    }

    @Test
    void aReplayedRecordDoesNotRaiseADeletedKey() {
        put(map, "a", 5, "old".getBytes(UTF_8));
        put(map, "a", 7, null);
        assertThat(put(map, "a", 5, "old".getBytes(UTF_8))).isFalse();
        assertThat(body(map, "a")).isNull();
        assertThat(put(map, "a", 9, "new".getBytes(UTF_8))).isTrue();
        assertThat(body(map, "a")).isEqualTo("new");
    }

    @Test
    void aTombstoneWithoutAVersionDeletesWhateverIsThere() {
        put(map, "a", 5, "old".getBytes(UTF_8));
        assertThat(put(map, "a", -1, null)).isTrue();
        assertThat(body(map, "a")).isNull();
        assertThat(put(map, "a", 4, "older".getBytes(UTF_8))).isFalse();
    }

    @Test
    void forgetsOldGravesWhenItGrows() {
        for (int i = 0; i < 600; i++) {
            byte[] key = ("gone-" + i).getBytes(UTF_8);
            map.put(key, EntryMap.hash(key), 1, NOW - EntryMap.GRAVE_MILLIS - 1, null);
        }
        long before = map.bytes();
        for (int i = 0; i < 600; i++) {
            put(map, "here-" + i, 1, "x".getBytes(UTF_8));
        }
        assertThat(map.size()).isEqualTo(600);
        assertThat(map.bytes()).isLessThan(before + 600 * 64);
        assertThat(put(map, "gone-1", 0, "back".getBytes(UTF_8))).isTrue();
    }

    private static boolean put(EntryMap map, String key, long version, byte @Nullable [] body) {
        byte[] bytes = key.getBytes(UTF_8);
        return map.put(bytes, EntryMap.hash(bytes), version, NOW, body);
    }

    private static @Nullable String body(EntryMap map, String key) {
        byte[] bytes = key.getBytes(UTF_8);
        byte[] entry = map.find(bytes, EntryMap.hash(bytes));
        return entry == null ? null : new String(entry, Entry.bodyAt(entry), entry.length - Entry.bodyAt(entry), UTF_8);
    }
}
