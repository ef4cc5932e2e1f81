package io.gamestream.payments.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {

    @Test
    void onlyThoseOfTheSameKeyWait() {
        Lanes<String> lanes = new Lanes<>(9);
        lanes.enter("a", "a1");
        assertThat(lanes.next()).contains("a1");
        lanes.enter("a", "a2");
        assertThat(lanes.next()).isEmpty();
        lanes.enter("b", "b1");
        assertThat(lanes.next()).contains("b1");
        lanes.enter("a", "a3");
        assertThat(lanes.next()).isEmpty();
        assertThat(lanes.size()).isEqualTo(4);
        lanes.leave("a");
        assertThat(lanes.next()).contains("a2");
        lanes.leave("b");
        assertThat(lanes.next()).isEmpty();
        lanes.leave("a");
        assertThat(lanes.next()).contains("a3");
        lanes.leave("a");
        assertThat(lanes.next()).isEmpty();
        assertThat(lanes.size()).isZero();
    }

    @Test
    void noMoreAreUnderWayThanMayBeAndTheFirstComesFirst() {
        Lanes<String> lanes = new Lanes<>(2);
        lanes.enter("a", "a1");
        lanes.enter("a", "a2");
        lanes.enter("b", "b1");
        lanes.enter("c", "c1");
        lanes.enter("d", "d1");
        assertThat(lanes.next()).contains("a1");
        assertThat(lanes.next()).contains("b1");
        assertThat(lanes.next()).as("beyond two").isEmpty();
        assertThat(lanes.size()).isEqualTo(5);
        lanes.leave("b");
        assertThat(lanes.next()).as("a2 has to wait for a1").contains("c1");
        assertThat(lanes.next()).isEmpty();
        lanes.leave("a");
        assertThat(lanes.next()).contains("a2");
        lanes.leave("a");
        assertThat(lanes.next()).contains("d1");
    }

    @Test
    void whatIsNotWantedAnyMoreIsForgotten() {
        Lanes<String> lanes = new Lanes<>(1);
        lanes.enter("a", "a1");
        assertThat(lanes.next()).contains("a1");
        lanes.enter("a", "a2");
        lanes.enter("b", "b1");
        lanes.enter("a", "a3");
        lanes.drop(thing -> !thing.equals("a3"));
        assertThat(lanes.size()).as("with the one under way").isEqualTo(2);
        lanes.leave("a");
        assertThat(lanes.next()).contains("a3");
        lanes.leave("");
        assertThat(lanes.next()).isEmpty();
    }
}
