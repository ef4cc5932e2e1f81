package io.gamestream.serving.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.serving.view.ViewTable.Role;
import org.junit.jupiter.api.Test;

class ViewTableTest {

    private static final long T = 1_800_000_000_000L;
    private final ViewTable table = new ViewTable(View.GAMES, 3);

    @Test
    void isNotReadableBeforeTheEndOfItsLogIsReached() {
        table.open();
        put(0, "a", 1);
        table.logEnd(2, System.nanoTime());
        assertThat(table.readable()).isFalse();
        put(1, "b", 2);
        table.logEnd(2, System.nanoTime());
        assertThat(table.readable()).isTrue();
        assertThat(has("a")).isTrue();
    }

    @Test
    void isNotReadableOnlyBecauseItIsActive() {
        // A group without commits gives Streams nothing to restore.
        table.open();
        table.activate();
        assertThat(table.role()).isEqualTo(Role.ACTIVE);
        assertThat(table.readable()).isFalse();
    }

    @Test
    void anEmptyLogIsAnEmptyContent() {
        table.open();
        table.logEnd(0, System.nanoTime());
        assertThat(table.readable()).isTrue();
        assertThat(has("a")).isFalse();
    }

    @Test
    void keepsTheLastContentWhileItIsLoadedAgain() {
        loadTwo();
        table.release();
        table.open();
        assertThat(has("a")).isTrue();
        assertThat(table.current()).isFalse();
        put(0, "a", 1);
        table.logEnd(1, System.nanoTime() - 1_000_000_000);
        assertThat(has("b")).as("the end was seen before loading began").isTrue();
        put(1, "b", 2);
        table.logEnd(2, System.nanoTime());
        assertThat(table.current()).isTrue();
        assertThat(has("b")).isTrue();
    }

    @Test
    void contentThatWasDeletedMeanwhileIsGoneOnceItIsLoadedAgain() {
        loadTwo();
        table.release();
        table.open();
        put(5, "b", 6);
        table.logEnd(6, System.nanoTime());
        assertThat(has("a")).isFalse();
        assertThat(has("b")).isTrue();
    }

    @Test
    void aTopicMadeAnewReplacesWhatWasKnown() {
        loadTwo();
        table.prove(new Freshness(100, T, "pg:0/64"));
        table.release();
        table.open();
        put(0, "c", 1);
        table.logEnd(1, System.nanoTime());
        assertThat(has("a")).isFalse();
        assertThat(has("c")).isTrue();
        assertThat(table.freshness().lsn()).isZero();
    }

    @Test
    void dropsContentOnlyWhenNoTaskHasThePartition() {
        loadTwo();
        table.drop();
        assertThat(table.readable()).isTrue();
        table.release();
        table.drop();
        assertThat(table.readable()).isFalse();
    }

    @Test
    void aPositionCountsFetchedRecordsOnlyOnceTheyAreApplied() {
        table.open();
        table.polled(4, 7);
        assertThat(table.position()).isZero();
        put(0, "a", 1);
        assertThat(table.position()).isEqualTo(1);
        put(4, "b", 2);
        assertThat(table.position()).as("past the transaction markers").isEqualTo(7);
        table.polled(-1, 9);
        assertThat(table.position()).isEqualTo(9);
    }

    @Test
    void recordsInCommitOrderTellHowFreshItIs() {
        loadTwo();
        assertThat(table.asOfMillis()).isEqualTo(T + 1 - 1);
        put(2, "c", 3);
        assertThat(table.asOfMillis()).isEqualTo(T + 2 - 1);
    }

    @Test
    void recordsAfterACompactedGapTellNothingUntilTheEndIsReached() {
        loadTwo();
        long before = table.asOfMillis();
        put(10, "c", 3);
        put(11, "c", 4);
        assertThat(table.asOfMillis()).isEqualTo(before);
        table.logEnd(12, System.nanoTime());
        assertThat(table.asOfMillis()).isEqualTo(T + 11 - 1);
    }

    @Test
    void recordsOfASumTellNothing() {
        ViewTable sums = new ViewTable(View.LIBRARY, 0);
        sums.open();
        sums.apply(0, "a".getBytes(UTF_8), 1, T, new byte[] {1});
        sums.logEnd(1, System.nanoTime());
        assertThat(sums.asOfMillis()).isZero();
        sums.prove(new Freshness(1, T, "pg:0/1"));
        assertThat(sums.asOfMillis()).isEqualTo(T);
    }

    @Test
    void whatIsProvenNeverGoesBack() {
        loadTwo();
        table.prove(new Freshness(100, T + 100, "pg:0/64"));
        table.prove(new Freshness(50, T + 50, "pg:0/32"));
        assertThat(table.freshness()).isEqualTo(new Freshness(100, T + 100, "pg:0/64"));
    }

    @Test
    void followsItsTasksRole() {
        assertThat(table.role()).isEqualTo(Role.NONE);
        table.open();
        assertThat(table.role()).isEqualTo(Role.STANDBY);
        table.activate();
        table.deactivate();
        assertThat(table.role()).isEqualTo(Role.STANDBY);
        table.release();
        assertThat(table.role()).isEqualTo(Role.NONE);
    }

    private void loadTwo() {
        table.open();
        put(0, "a", 1);
        put(1, "b", 2);
        table.logEnd(2, System.nanoTime());
        assertThat(table.current()).isTrue();
    }

    private void put(long offset, String key, long version) {
        table.apply(offset, key.getBytes(UTF_8), version, T + offset, "{}".getBytes(UTF_8));
    }

    private boolean has(String key) {
        byte[] bytes = key.getBytes(UTF_8);
        return table.find(bytes, EntryMap.hash(bytes)) != null;
    }
}
