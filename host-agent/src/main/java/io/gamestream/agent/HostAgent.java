package io.gamestream.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Keeps a host in service: beats, starts and stops what the answers say, and stops everything when nobody acknowledges. */
public final class HostAgent implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostAgent.class);

    private final HostSettings settings;
    private final SessionRunner runner;
    private final AgentMachine machine;
    private final HttpClient http;
    private final URI heartbeat;
    private final String bootId = UUID.randomUUID().toString();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread beating = new Thread(this::beat, "host-agent");
    private final Thread watching = new Thread(this::watch, "host-agent-lease");
    private final List<Action.Stop> unstopped = new ArrayList<>();
    private boolean changed = true;
    private boolean acknowledged = true;
    private volatile boolean closed;
    private long seq;

    private HostAgent(HostSettings settings, SessionRunner runner) {
        this.settings = settings;
        this.runner = runner;
        this.machine = new AgentMachine(settings.slots(), settings.lease(), now());
        this.http = HttpClient.newBuilder().connectTimeout(settings.every()).build();
        this.heartbeat = settings.router().resolve("/v1/hosts/" + settings.hostId() + "/heartbeat");
    }

    /** Starts to beat. */
    public static HostAgent start(HostSettings settings, SessionRunner runner) {
        HostAgent agent = new HostAgent(settings, runner);
        agent.beating.setDaemon(true);
        agent.watching.setDaemon(true);
        agent.beating.start();
        agent.watching.start();
        return agent;
    }

    /** New at each start: with it, whatever ran before has ended. */
    public String bootId() {
        return bootId;
    }

    /** What the slots do, by number. */
    public List<AgentMachine.Slot> slots() {
        lock.lock();
        try {
            return machine.slots();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What has become of a session; told to the router at once.
     *
     * @return false where the slot has a newer session, or this one was stopped
     */
    public boolean report(int slot, long token, SlotPhase phase) {
        lock.lock();
        try {
            boolean counts = machine.report(slot, token, phase);
            changed |= counts;
            news.signalAll();
            return counts;
        } finally {
            lock.unlock();
        }
    }

    /** Stops to beat; sessions are the runner's business then. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        beating.interrupt();
        watching.interrupt();
        beating.join(Duration.ofSeconds(5).toMillis());
        watching.join(Duration.ofSeconds(5).toMillis());
    }

    private void beat() {
        try {
            while (!closed) {
                send();
                lock.lock();
                try {
                    if (!changed) {
                        boolean early = news.await(settings.every().toMillis(), TimeUnit.MILLISECONDS);
                        LOG.trace("next beat, early: {}", early);
                    }
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() throws InterruptedException {
        String body;
        long sentAt;
        lock.lock();
        try {
            changed = false;
            sentAt = now();
            body = Heartbeats.write(settings, bootId, ++seq, machine.slots());
        } finally {
            lock.unlock();
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(heartbeat)
                    .timeout(settings.every().multipliedBy(2))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("HTTP " + answer.statusCode() + ": " + answer.body());
            }
            if (!answered(Heartbeats.read(answer.body()), sentAt)) {
                unacknowledged("the router has it, and Kafka hasn't");
            }
        } catch (IOException | RuntimeException e) {
            unacknowledged(e.toString());
        }
    }

    /** False where the lease runs on as it did. */
    private boolean answered(AgentMachine.Acknowledgement answer, long sentAt) {
        lock.lock();
        try {
            acknowledged |= answer.renews();
            act(machine.answered(answer, sentAt));
            return answer.renews();
        } finally {
            lock.unlock();
        }
    }

    private void unacknowledged(String why) throws InterruptedException {
        lock.lock();
        try {
            if (acknowledged) {
                LOG.warn("host {}: a heartbeat was not acknowledged: {}", settings.hostId(), why);
            }
            acknowledged = false;
            // Soon again, but never in a tight loop, whatever is reported meanwhile.
            long until = now() + settings.every().toMillis() / 2 + 1;
            for (long left = until - now(); left > 0 && !closed; left = until - now()) {
                boolean reported = news.await(left, TimeUnit.MILLISECONDS);
                LOG.trace("waits on, reported: {}", reported);
            }
            changed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Apart from the beat, which may hang in the network just when the lease runs out. */
    private void watch() {
        try {
            while (!closed) {
                TimeUnit.MILLISECONDS.sleep(Math.max(1, settings.every().toMillis() / 10));
                lock.lock();
                try {
                    stopAgain();
                    act(machine.time(now()));
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever the runner throws, the other slots' turn comes: a lease that is over must end all of them. */
    private void act(List<Action> actions) {
        for (Action action : actions) {
            changed = true;
            if (action instanceof Action.Start start) {
                start(start.session());
            } else if (action instanceof Action.Stop stop) {
                LOG.info(
                        "host {} slot {}: session {} is stopped: {}",
                        settings.hostId(),
                        stop.slot(),
                        stop.sessionId(),
                        stop.reason());
                stop(stop, false);
            }
        }
        if (!actions.isEmpty()) {
            news.signalAll();
        }
    }

    private void start(WantedSession session) {
        try {
            runner.start(session);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "host {} slot {}: session {} could not be started",
                    settings.hostId(),
                    session.slot(),
                    session.sessionId(),
                    e);
            // Nobody knows what it has left behind.
            machine.report(session.slot(), session.token(), SlotPhase.CLEAN_FAILED);
        }
    }

    /** What fails may run still: its slot stays in cleaning, and it is tried again until it doesn't. */
    private void stop(Action.Stop stop, boolean again) {
        try {
            runner.stop(stop.slot(), stop.token(), stop.reason());
        } catch (RuntimeException | Error e) {
            // Ten times per heartbeat.
            LOG.atLevel(again ? Level.DEBUG : Level.ERROR)
                    .setCause(e)
                    .log(
                            "host {} slot {}: session {} could not be stopped, which is tried again",
                            settings.hostId(),
                            stop.slot(),
                            stop.sessionId());
            unstopped.add(stop);
        }
    }

    private void stopAgain() {
        List<Action.Stop> failed = List.copyOf(unstopped);
        unstopped.clear();
        failed.forEach(stop -> stop(stop, true));
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
