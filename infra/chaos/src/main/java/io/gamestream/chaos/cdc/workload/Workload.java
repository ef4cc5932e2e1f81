package io.gamestream.chaos.cdc.workload;

import io.gamestream.chaos.cdc.check.Committed;
import io.gamestream.chaos.cdc.script.Script;
import io.gamestream.chaos.cdc.script.Step;
import io.gamestream.chaos.cdc.script.Transaction;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Several sessions that carry their scripts out at a common rate until they are stopped. */
public final class Workload implements AutoCloseable {

    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Held for reading by each transaction, for writing by whoever pauses them; fair, or the pause would never come. */
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);

    private final Sentinel sentinel;

    /**
     * How much is done.
     *
     * @param connections that work side by side
     * @param changesPerSecond of all of them together
     * @param preload rows that are there before the capture first starts
     */
    public record Load(int connections, int changesPerSecond, int preload, Script.Sizes sizes) {

        public Load {
            if (connections < 1 || changesPerSecond < 1 || preload < connections) {
                throw new IllegalArgumentException("connections: " + connections + ", changesPerSecond: "
                        + changesPerSecond + ", preload: " + preload
                        + " (expected: 1 or more of each, and a row per connection)");
            }
        }
    }

    private final class Worker implements Runnable {

        private final Script script;
        private final History history = new History();
        private final Session session;
        private final double changesPerNano;

        Worker(PostgresSettings settings, Script script, int number, Load load) {
            this.script = script;
            this.session = new Session(settings, number, history);
            this.changesPerNano = load.changesPerSecond() / 1e9 / load.connections();
        }

        @Override
        public void run() {
            try (session) {
                long due = System.nanoTime();
                while (!stopped.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    long before = history.changes();
                    execute(script.next());
                    // After a time without a database the sessions don't make up for it.
                    due = Math.max(due, System.nanoTime() - TimeUnit.SECONDS.toNanos(1))
                            + (long) ((history.changes() - before) / changesPerNano);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (SQLException | RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        }

        private void execute(Transaction transaction) throws SQLException, InterruptedException {
            gate.readLock().lock();
            try {
                session.execute(transaction);
            } finally {
                gate.readLock().unlock();
            }
        }
    }

    /** Writes the rows that are there before everything else. */
    public Workload(PostgresSettings settings, long seed, Load load) throws SQLException, InterruptedException {
        Session.prepare(settings);
        sentinel = new Sentinel(settings, load.connections());
        List<Script> scripts = Script.all(seed, load.connections(), load.sizes());
        for (int i = 0; i < scripts.size(); i++) {
            Worker worker = new Worker(settings, scripts.get(i), i, load);
            workers.add(worker);
            worker.execute(scripts.get(i).preload(load.preload() / load.connections()));
        }
    }

    public void start() {
        for (Worker worker : workers) {
            Thread thread = new Thread(worker, "workload-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Returns when no transaction is open; the thread that pauses has to be the one that resumes. */
    public void pause() {
        gate.writeLock().lock();
    }

    public void resume() {
        gate.writeLock().unlock();
    }

    /** Commits one more change, after everything else that has been committed. */
    public Sentinel.Mark commitSentinel() throws SQLException, InterruptedException {
        return sentinel.commit();
    }

    /** Committed so far. */
    public long changes() {
        return workers.stream().mapToLong(worker -> worker.history.changes()).sum();
    }

    /** Transactions rolled back so far. */
    public long rollbacks() {
        return workers.stream().mapToLong(worker -> worker.history.rollbacks()).sum();
    }

    /**
     * Looks whether all sessions still work.
     *
     * @throws IllegalStateException where one has given up
     */
    public void requireAlive() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("the workload has stopped: " + cause.getMessage(), cause);
        }
    }

    /** Ends all sessions after their current transaction. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        requireAlive();
    }

    /** The writes of each key in order, once stopped. */
    public Map<String, List<Committed>> committed() {
        Map<String, List<Committed>> all = new HashMap<>(sentinel.history().byKey());
        workers.forEach(worker -> all.putAll(worker.history.byKey()));
        return all;
    }

    /** Kinds of steps that were committed, once stopped. */
    public Set<Class<? extends Step>> kinds() {
        Set<Class<? extends Step>> all = new HashSet<>();
        workers.forEach(worker -> all.addAll(worker.history.kinds()));
        return all;
    }

    @Override
    public void close() {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
        sentinel.close();
    }
}
