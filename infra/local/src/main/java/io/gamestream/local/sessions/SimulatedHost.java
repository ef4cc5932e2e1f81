package io.gamestream.local.sessions;

import io.gamestream.agent.Action;
import io.gamestream.agent.AgentMachine;
import io.gamestream.agent.AgentMachine.Acknowledgement;
import io.gamestream.agent.AgentMachine.Slot;
import io.gamestream.agent.Heartbeats;
import io.gamestream.agent.HostSettings;
import io.gamestream.agent.SlotPhase;
import io.gamestream.agent.WantedSession;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host that runs no games, and does all else: the agent's rules decide, this class beats and listens where players would connect.
 * Thousands of them share one thread, on which all is called.
 */
public final class SimulatedHost {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedHost.class);
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** What a host runs, and who decides how long. */
    public interface Games {

        /** A session is to start; its phases are reported to the host. */
        void start(SimulatedHost host, WantedSession session);

        /** It is to stop; IDLE is to be reported when the slot is clean. */
        void stop(SimulatedHost host, Action.Stop stop);
    }

    private final RouterClient router;
    private final Games games;
    private final HostSettings settings;
    private final boolean promptly;
    private final Witness witness;
    private final long clockSkew;
    private @Nullable AgentMachine machine;
    private @Nullable NetServer door;
    private String bootId = "";
    private String address = "";
    private long seq;
    private long nextBeat;
    private long mutedUntil;
    private boolean underWay;
    private boolean cut;

    /**
     * One that has not been started.
     *
     * @param settings their address is left out: it is known when the host listens
     * @param clockSkew ms by which its clock is ahead
     */
    SimulatedHost(
            RouterClient router,
            Games games,
            HostSettings settings,
            boolean promptly,
            Witness witness,
            long clockSkew) {
        this.router = router;
        this.games = games;
        this.settings = settings;
        this.promptly = promptly;
        this.witness = witness;
        this.clockSkew = clockSkew;
    }

    public String id() {
        return settings.hostId();
    }

    public String cell() {
        return settings.cellId();
    }

    /** Starts anew: nothing runs, and nothing of the boot before is known. */
    void boot(long now) {
        bootId = UUID.randomUUID().toString();
        seq = 0;
        nextBeat = now;
        mutedUntil = 0;
        underWay = false;
        cut = false;
        machine = new AgentMachine(settings.slots(), settings.lease(), now + clockSkew);
        saw(HostFact.Kind.BOOTED, "");
        listen();
    }

    private void listen() {
        door = router.vertx().createNetServer().connectHandler(NetSocket::close);
        String boot = bootId;
        door.listen(0, "127.0.0.1")
                .onSuccess(server -> {
                    if (boot.equals(bootId)) {
                        address = "127.0.0.1:" + server.actualPort();
                    }
                })
                .onFailure(e -> LOG.warn("host {} can't listen: {}", id(), e.toString()));
    }

    /** Dies with all that it runs. */
    void crash() {
        saw(HostFact.Kind.DIED, "");
        machine = null;
        bootId = "";
        closeDoor();
    }

    private void closeDoor() {
        address = "";
        if (door != null) {
            door.close().onFailure(e -> LOG.debug("door of {}", id(), e));
            door = null;
        }
    }

    /** From now on nobody hears of it, and it hears of nobody; what it runs goes on for as long as its lease. */
    void cutOff() {
        cut = true;
        closeDoor();
    }

    /** It is reachable again, under another address. */
    void mend() {
        if (cut && isUp()) {
            cut = false;
            listen();
        }
    }

    boolean isUp() {
        return machine != null;
    }

    /** Beats no more until then; what it runs goes on for as long as its lease. */
    void mute(long until) {
        mutedUntil = until;
    }

    /** Sessions that are there. */
    int busy() {
        return (int) slots().stream().filter(slot -> slot.sessionId() != null).count();
    }

    List<Slot> slots() {
        return machine == null ? List.of() : machine.slots();
    }

    /** Whether it runs that session under that token, or would as soon as its player is there. */
    boolean has(int slot, long token) {
        List<Slot> all = slots();
        return slot >= 0
                && slot < all.size()
                && all.get(slot).token() == token
                && all.get(slot).sessionId() != null;
    }

    /** Tells what has become of a session; false where the slot has a newer one, or it was stopped. */
    public boolean report(int slot, long token, SlotPhase phase) {
        String sessionId = has(slot, token) ? String.valueOf(slots().get(slot).sessionId()) : "";
        boolean counts = machine != null && machine.report(slot, token, phase);
        if (counts && !sessionId.isEmpty()) {
            saw(fact(phase), slot, token, sessionId, "", phase.name());
        }
        if (counts && promptly) {
            nextBeat = 0;
        }
        return counts;
    }

    /** Time goes on. */
    void tick(long now) {
        if (machine == null) {
            return;
        }
        act(machine.time(now + clockSkew));
        if (now >= nextBeat && now >= mutedUntil && !cut && !underWay && !address.isEmpty()) {
            beat(machine, now);
        }
    }

    private void beat(AgentMachine running, long now) {
        underWay = true;
        nextBeat = now + settings.every().toMillis();
        String boot = bootId;
        String body = Heartbeats.write(at(address), bootId, ++seq, running.slots());
        router.post(
                        "/v1/hosts/" + id() + "/heartbeat",
                        body,
                        JSON,
                        settings.every().multipliedBy(2))
                .onComplete(answer -> {
                    if (!boot.equals(bootId)) {
                        return;
                    }
                    underWay = false;
                    if (answer.succeeded() && answer.result().status() == 200 && now >= mutedUntil && !cut) {
                        answered(running, answer.result(), now);
                    } else {
                        LOG.debug("host {}: a heartbeat was not acknowledged: {}", id(), answer);
                    }
                });
    }

    private void answered(AgentMachine running, RouterClient.Answer answer, long sentAt) {
        try {
            Acknowledgement read = Heartbeats.read(answer.text());
            if (read.renews()) {
                saw(HostFact.Kind.ACKNOWLEDGED, sentAt, -1, 0, "", "", "");
            }
            act(running.answered(read, sentAt + clockSkew));
        } catch (IOException e) {
            LOG.warn("host {}: {}", id(), e.toString());
        }
    }

    private void act(List<Action> actions) {
        for (Action action : actions) {
            if (promptly) {
                nextBeat = 0;
            }
            if (action instanceof Action.Start start) {
                WantedSession taken = start.session();
                saw(HostFact.Kind.TAKEN, taken.slot(), taken.token(), taken.sessionId(), taken.playerId(), "");
                games.start(this, start.session());
            } else if (action instanceof Action.Stop stop) {
                saw(HostFact.Kind.STOPPED, stop.slot(), stop.token(), stop.sessionId(), "", stop.reason());
                games.stop(this, stop);
            }
        }
    }

    private static HostFact.Kind fact(SlotPhase phase) {
        return switch (phase) {
            case STARTING -> HostFact.Kind.TAKEN;
            case RUNNING -> HostFact.Kind.STREAMS;
            case WAITING -> HostFact.Kind.WAITS;
            case IDLE, CLEANING, CLEAN_FAILED -> HostFact.Kind.STOPPED;
        };
    }

    private void saw(HostFact.Kind kind, String detail) {
        saw(kind, -1, 0, "", "", detail);
    }

    private void saw(HostFact.Kind kind, int slot, long token, String sessionId, String playerId, String detail) {
        saw(kind, HostFleet.now(), slot, token, sessionId, playerId, detail);
    }

    private void saw(
            HostFact.Kind kind, long at, int slot, long token, String sessionId, String playerId, String detail) {
        witness.sees(
                new HostFact(at, at + clockSkew, kind, id(), cell(), bootId, slot, token, sessionId, playerId, detail));
    }

    private HostSettings at(String where) {
        return new HostSettings(
                settings.router(),
                settings.hostId(),
                settings.cellId(),
                where,
                settings.gpuClass(),
                settings.slots(),
                settings.every(),
                settings.lease());
    }
}
