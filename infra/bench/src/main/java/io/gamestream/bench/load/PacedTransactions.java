package io.gamestream.bench.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One-row transactions at a fixed rate over several connections; each is told of right before its COMMIT is sent. */
public final class PacedTransactions {

    /** Where connections come from. */
    @FunctionalInterface
    public interface Connector {
        Connection connect() throws SQLException;
    }

    /** One transaction. */
    @FunctionalInterface
    public interface Write {
        /** Executes the statements of transaction {@code number}, without the COMMIT. */
        void execute(Connection connection, long number) throws SQLException;
    }

    /** Is told that a transaction is about to be committed. */
    @FunctionalInterface
    public interface Committing {
        void at(long number, long nanoTime);
    }

    /**
     * What was committed. Writers that are late make up for it, so the number says nothing of the rate.
     *
     * @param nanos from the first to the last one's end
     */
    public record Done(long transactions, long nanos) {

        public double perSecond() {
            return transactions * 1e9 / nanos;
        }
    }

    private final Connector connector;
    private final int connections;
    private final Latencies commits = new Latencies();

    public PacedTransactions(Connector connector, int connections) {
        this.connector = connector;
        this.connections = connections;
    }

    /** How long the COMMITs took, since the last call: what no reader can be quicker than. */
    public Latencies.Summary commits() {
        return commits.take();
    }

    /**
     * Runs for a while, transactions numbered from {@code first}.
     *
     * @throws SQLException where the database refused one
     */
    public Done run(long first, int perSecond, Duration duration, Write write, Committing committing)
            throws SQLException, InterruptedException {
        AtomicLong next = new AtomicLong(first);
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Void>> writers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Callable<Void> writer = () -> {
                    try (Connection connection = connector.connect()) {
                        connection.setAutoCommit(false);
                        for (; ; ) {
                            long number = next.getAndIncrement();
                            long due = start + (number - first) * gap;
                            if (due >= end) {
                                next.decrementAndGet();
                                return null;
                            }
                            long wait = due - System.nanoTime();
                            if (wait > 0) {
                                LockSupport.parkNanos(wait);
                            }
                            write.execute(connection, number);
                            long committingNanos = System.nanoTime();
                            committing.at(number, committingNanos);
                            connection.commit();
                            commits.recordSince(committingNanos);
                        }
                    }
                };
                writers.add(threads.submit(writer));
            }
            for (Future<Void> writer : writers) {
                writer.get();
            }
            return new Done(next.get() - first, System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
