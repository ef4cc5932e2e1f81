package io.gamestream.chaos.cdc.script;

import java.util.List;

/**
 * One transaction.
 *
 * @param number 1, 2, 3, ... within its connection
 * @param commits false where it ends in {@code ROLLBACK}
 */
public record Transaction(long number, List<Step> steps, boolean commits) {

    public Transaction {
        steps = List.copyOf(steps);
    }

    /** What readers must see of it, in order; nothing where it is rolled back. */
    public List<Change> changes() {
        return commits ? steps.stream().flatMap(Step::changes).toList() : List.of();
    }
}
