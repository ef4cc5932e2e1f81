package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.PspCommand;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Some of the histories of {@link PaymentHistoriesIT}, at every build. */
class PaymentHistoriesTest {

    @Test
    void whateverHappensTheSagaComesToWhatThePspHas() {
        assertThat(failing(0, 2_000)).isEmpty();
    }

    @Test
    void aKeyPerCallInsteadOfPerOperationIsCaught() {
        assertThat(caughtWith(command -> {
                    command.setOperationId(command.getOperationId() + "#" + command.getIssue());
                    return command;
                }))
                .anyMatch(problem -> problem.startsWith("L2: refunded") || problem.startsWith("S"));
    }

    @Test
    void aBodyThatChangesUnderOneKeyIsCaught() {
        assertThat(caughtWith(command -> {
                    command.setPaymentMethod("pm_" + command.getIssue());
                    return command;
                }))
                .anyMatch(problem -> problem.startsWith("S3: key"));
    }

    private static Set<String> caughtWith(UnaryOperator<PspCommand> bug) {
        Set<String> problems = new TreeSet<>();
        LongStream.range(0, 500).forEach(seed -> problems.addAll(History.problems(seed, bug)));
        return problems;
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
