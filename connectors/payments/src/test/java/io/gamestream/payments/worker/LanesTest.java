package io.gamestream.payments.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {

    @Test
    void onlyThoseOfTheSameKeyWait() {
        Lanes<String> lanes = new Lanes<>();
        assertThat(lanes.enter("a", "a1")).isTrue();
        assertThat(lanes.enter("a", "a2")).isFalse();
        assertThat(lanes.enter("b", "b1")).isTrue();
        assertThat(lanes.enter("a", "a3")).isFalse();
        assertThat(lanes.size()).isEqualTo(4);
        assertThat(lanes.leave("a")).contains("a2");
        assertThat(lanes.leave("b")).isEmpty();
        assertThat(lanes.leave("a")).contains("a3");
        assertThat(lanes.leave("a")).isEmpty();
        assertThat(lanes.size()).isZero();
    }

    @Test
    void whatIsNotWantedAnyMoreIsForgotten() {
        Lanes<String> lanes = new Lanes<>();
        lanes.enter("a", "a1");
        lanes.enter("a", "a2");
        lanes.enter("a", "a3");
        lanes.drop("a2"::equals);
        assertThat(lanes.size()).isEqualTo(2);
        assertThat(lanes.leave("a")).contains("a3");
        assertThat(lanes.leave("")).isEmpty();
    }
}
