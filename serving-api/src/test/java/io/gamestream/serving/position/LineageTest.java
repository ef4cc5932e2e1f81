package io.gamestream.serving.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.serving.view.View;
import org.junit.jupiter.api.Test;

class LineageTest {

    @Test
    void everyViewHasOne() {
        // A view without a lineage could never be proven fresh, and every read that names a position would end with
        // 412.
        assertThat(Lineage.of()).containsOnlyKeys(View.values());
        assertThat(Lineage.of().values())
                .allSatisfy(stages -> assertThat(stages).isNotEmpty());
    }
}
