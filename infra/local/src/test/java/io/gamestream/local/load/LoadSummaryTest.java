package io.gamestream.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.load.LoadSummary.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadSummaryTest {

    @Test
    void saysThatARepeatedLoadChangedNothing() {
        LoadSummary summary = new LoadSummary(List.of(new Row("users", 5, 0, 5, 5), new Row("plays", 3, 0, 3, 3)));
        assertThat(summary.holds()).isTrue();
        assertThat(summary.table()).endsWith("nothing was changed.");
    }

    @Test
    void saysWhatWasAdded() {
        LoadSummary summary = new LoadSummary(List.of(new Row("users", 12_393, 12_393, 12_393, 12_393)));
        assertThat(summary.table()).contains("12,393").endsWith("Everything is there, exactly once.");
    }

    @Test
    void doesNotTakeTwiceTheSameForTwo() {
        LoadSummary summary = new LoadSummary(List.of(new Row("plays", 3, 3, 3, 2)));
        assertThat(summary.holds()).isFalse();
        assertThat(summary.table()).contains("only 2 different ids").contains("NOT as in the files");
    }

    @Test
    void saysHowManyAreMissing() {
        LoadSummary summary = new LoadSummary(List.of(new Row("orders", 10, 3, 7, 7)));
        assertThat(summary.holds()).isFalse();
        assertThat(summary.table()).contains("DIFFERS by -3");
    }
}
