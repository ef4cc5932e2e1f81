package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Some of the histories of {@link PaymentHistoriesIT}, at every build. */
class PaymentHistoriesTest {

    @Test
    void whateverHappensTheSagaComesToWhatThePspHas() {
        assertThat(failing(0, 2_000)).isEmpty();
    }

    /** The seeds from one to another, that one left out, whose history goes wrong; the first few, each with what does. */
    static List<String> failing(long from, long to) {
        return LongStream.range(from, to)
                .parallel()
                .mapToObj(seed -> {
                    List<String> problems = History.problems(seed);
                    return problems.isEmpty() ? "" : "seed " + seed + ": " + problems;
                })
                .filter(text -> !text.isEmpty())
                .limit(10)
                .toList();
    }
}
