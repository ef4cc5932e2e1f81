package io.gamestream.topology.transactions;

import org.apache.kafka.clients.admin.TransactionState;
import org.jspecify.annotations.Nullable;

/** A transaction that nobody will end, and how it ought to have ended, as far as anybody knows. */
record Hanging(OpenTransaction transaction, Outcome outcome) {

    /** How a transaction ended for its coordinator. */
    enum Outcome {
        /** Or its coordinator has forgotten it, and nobody can commit it any more: its records must never be read. */
        ABORTED,
        /** It is a part of what was committed elsewhere: to abort it would lose records that the producer was told are there. */
        COMMITTED,
        /** The coordinator remembers only a later transaction of the producer, perhaps under its next id. */
        FORGOTTEN
    }

    static Hanging of(OpenTransaction open, @Nullable CoordinatorRecord last) {
        return new Hanging(open, outcome(open, last));
    }

    private static Outcome outcome(OpenTransaction open, @Nullable CoordinatorRecord last) {
        if (last == null && open.isLastOfItsProducerId()) {
            return Outcome.FORGOTTEN;
        }
        if (last == null || last.ended(open, TransactionState.COMPLETE_ABORT)) {
            return Outcome.ABORTED;
        }
        return last.ended(open, TransactionState.COMPLETE_COMMIT) ? Outcome.COMMITTED : Outcome.FORGOTTEN;
    }
}
