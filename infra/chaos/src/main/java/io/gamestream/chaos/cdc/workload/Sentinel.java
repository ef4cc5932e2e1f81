package io.gamestream.chaos.cdc.workload;

import io.gamestream.chaos.cdc.script.GameRow;
import io.gamestream.chaos.cdc.script.Step;
import io.gamestream.chaos.cdc.script.Transaction;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** A row of its own: once its newest write is in the topic, so is everything that was committed before. */
public final class Sentinel implements AutoCloseable {

    public static final String KEY = "sentinel";

    private final History history = new History();
    private final Session session;
    private long writes;

    /**
     * A write of the sentinel.
     *
     * @param walFloor a position in the database's log above every earlier commit
     */
    public record Mark(long seq, long walFloor) {}

    Sentinel(PostgresSettings settings, int number) {
        session = new Session(settings, number, history);
    }

    Mark commit() throws SQLException, InterruptedException {
        GameRow row = row(++writes);
        Step step = writes == 1 ? new Step.Insert(List.of(row)) : new Step.Update(List.of(row), false);
        session.execute(new Transaction(writes, List.of(step), true));
        return new Mark(writes, history.lastFloor());
    }

    History history() {
        return history;
    }

    @Override
    public void close() {
        session.close();
    }

    private static GameRow row(long seq) {
        Instant at = Instant.EPOCH;
        return new GameRow(
                KEY, seq, "write " + seq, null, null, null, List.of(), "EUR", null, null, "STANDARD", "ACTIVE", at, at);
    }
}
