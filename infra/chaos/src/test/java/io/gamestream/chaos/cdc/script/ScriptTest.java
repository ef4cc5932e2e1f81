package io.gamestream.chaos.cdc.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.cdc.script.Script.Sizes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static final Sizes SMALL = new Sizes(400, 20, 100);

    @Property(tries = 20)
    void isTheSameForTheSameSeed(@ForAll long seed, @ForAll @IntRange(max = 7) int connection) {
        assertThat(transactions(new Script(seed, connection, SMALL), 200))
                .isEqualTo(transactions(new Script(seed, connection, SMALL), 200));
    }

    @Property(tries = 20)
    void differsBetweenConnectionsAndSeeds(@ForAll long seed) {
        assertThat(titles(new Script(seed, 0, SMALL))).isNotEqualTo(titles(new Script(seed, 1, SMALL)));
        assertThat(titles(new Script(seed, 0, SMALL))).isNotEqualTo(titles(new Script(seed + 1, 0, SMALL)));
    }

    @Property(tries = 20)
    void executesOnATableThatKnowsOnlyWhatWasCommitted(@ForAll long seed) {
        Map<String, GameRow> table = new HashMap<>();
        for (Transaction transaction : transactions(new Script(seed, 0, SMALL), 400)) {
            Map<String, GameRow> inside = new HashMap<>(table);
            transaction.steps().forEach(step -> execute(step, inside));
            if (transaction.commits()) {
                table = inside;
            }
        }
        assertThat(table).isNotEmpty();
    }

    @Property(tries = 20)
    void raisesTheSequenceOfAKeyWithEveryWriteAlsoOfWhatIsRolledBack(@ForAll long seed) {
        Map<String, Long> last = new HashMap<>();
        for (Transaction transaction : transactions(new Script(seed, 0, SMALL), 400)) {
            rows(transaction.steps()).forEach(row -> {
                assertThat(row.seq()).isGreaterThan(last.getOrDefault(row.id(), 0L));
                last.put(row.id(), row.seq());
            });
        }
    }

    @Property(tries = 20)
    void givesEveryConnectionKeysOfItsOwn(@ForAll long seed) {
        Set<String> first = keys(new Script(seed, 0, SMALL));
        first.retainAll(keys(new Script(seed, 1, SMALL)));
        assertThat(first).isEmpty();
    }

    @Property(tries = 10)
    void usesEveryKindOfStepAndOutcome(@ForAll long seed) {
        List<Transaction> transactions = transactions(new Script(seed, 0, SMALL), 1_000);
        Set<Class<?>> kinds = new HashSet<>();
        transactions.forEach(transaction -> transaction.steps().forEach(step -> kinds.add(step.getClass())));
        assertThat(kinds).containsExactlyInAnyOrder(Step.class.getPermittedSubclasses());
        assertThat(transactions).anyMatch(Transaction::commits).anyMatch(transaction -> !transaction.commits());
        assertThat(transactions.stream().flatMap(transaction -> rows(transaction.steps())))
                .anyMatch(row -> row.description() != null && row.description().length() > 2_500);
    }

    @Test
    void saysNothingOfARollback() {
        Transaction transaction = new Transaction(1, List.of(new Step.Delete(List.of("k"))), false);
        assertThat(transaction.changes()).isEmpty();
    }

    /** As Postgres would: refuses what can't be executed. */
    private static void execute(Step step, Map<String, GameRow> table) {
        if (step instanceof Step.Copy copy) {
            insert(copy.rows(), table);
        } else if (step instanceof Step.Insert insert) {
            insert(insert.rows(), table);
        } else if (step instanceof Step.Update update) {
            update.after().forEach(row -> update(row, update.description(), table));
        } else if (step instanceof Step.Delete delete) {
            delete.keys().forEach(key -> assertThat(table.remove(key)).isNotNull());
        } else if (step instanceof Step.Rekey rekey) {
            assertThat(table.remove(rekey.from())).isNotNull();
            insert(List.of(rekey.after()), table);
        } else if (step instanceof Step.Undone undone) {
            Map<String, GameRow> inside = new HashMap<>(table);
            undone.steps().forEach(inner -> execute(inner, inside));
        } else {
            throw new AssertionError(step);
        }
    }

    private static void update(GameRow row, boolean description, Map<String, GameRow> table) {
        GameRow before = table.put(row.id(), row);
        assertThat(before).isNotNull();
        if (!description) {
            assertThat(row.description()).isEqualTo(before.description());
        }
    }

    private static void insert(List<GameRow> rows, Map<String, GameRow> table) {
        assertThat(rows).isNotEmpty();
        rows.forEach(row -> assertThat(table.put(row.id(), row)).isNull());
    }

    private static Stream<GameRow> rows(List<Step> steps) {
        return steps.stream().flatMap(ScriptTest::rows);
    }

    private static Stream<GameRow> rows(Step step) {
        if (step instanceof Step.Copy copy) {
            return copy.rows().stream();
        } else if (step instanceof Step.Insert insert) {
            return insert.rows().stream();
        } else if (step instanceof Step.Update update) {
            return update.after().stream();
        } else if (step instanceof Step.Rekey rekey) {
            return Stream.of(rekey.after());
        } else if (step instanceof Step.Undone undone) {
            return rows(undone.steps());
        }
        return Stream.of();
    }

    private static List<String> titles(Script script) {
        return transactions(script, 20).stream()
                .flatMap(transaction -> rows(transaction.steps()))
                .map(GameRow::title)
                .toList();
    }

    private static Set<String> keys(Script script) {
        Set<String> keys = new HashSet<>();
        transactions(script, 100)
                .forEach(transaction -> rows(transaction.steps()).forEach(row -> keys.add(row.id())));
        return keys;
    }

    private static List<Transaction> transactions(Script script, int count) {
        List<Transaction> all = new ArrayList<>(List.of(script.preload(150)));
        for (int i = 0; i < count; i++) {
            all.add(script.next());
        }
        return all;
    }
}
