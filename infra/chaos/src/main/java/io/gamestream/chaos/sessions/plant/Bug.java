package io.gamestream.chaos.sessions.plant;

import io.gamestream.chaos.kit.plant.Plant;
import io.gamestream.chaos.kit.plant.Spot;
import io.gamestream.chaos.sessions.check.Gate;
import io.gamestream.chaos.sessions.plan.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A mistake that somebody could make, planted into sessions or router. The gate that it breaks must be found broken, or the check of it proves nothing. */
public enum Bug implements Plant {
    GRANTS_TWICE(Gate.D1, true, "now and then a slot is granted that isn't free"),
    TRUSTS_NO_LEASE(Gate.D2, true, "a dead host's sessions are given away at once, not after its lease"),
    DEADLINES_SLEEP(Gate.D3, true, "no deadline ever fires"),
    DROPS_PLACES(Gate.D4, true, "the gate loses every twentieth place"),
    FORGETS_PLAYERS(Gate.D5, true, "a player's second request is taken for the first"),
    GRANTS_ANYWHERE(Gate.D6, true, "drained and silent hosts count as ready"),
    SEES_NO_ROOM(Gate.D7, true, "the last two free slots of a class aren't seen"),
    MISCOUNTS(Gate.D8, true, "now and then a host is counted twice"),
    DRAWS_LOTS(Gate.D9, true, "the host of a session is drawn by lot"),
    FORGETS_PLAYS(Gate.D10, true, "plays of sessions aren't told"),
    SLOW_TAKEOVER(Gate.D11, true, "whoever takes over a cell needs fifteen seconds to read it"),
    STOPS_NOTHING(Gate.D12, true, "hosts aren't told what to stop"),
    SPLITS_PARTIES(Gate.D13, true, "the last one of a party is left behind"),
    NEW_KEY_EACH_TIME(Gate.D14, false, "a repeated request is a new session"),
    SWALLOWS_POISON(Gate.D15, true, "what can't be read is passed over and kept nowhere");

    private static final String CODE = "io.gamestream.topology.session.";
    private static final String STREAMS = "io.gamestream.topology.streams.";

    private final Gate breaks;
    private final boolean inSessions;
    private final String meaning;

    /** @param inSessions or else in the router */
    Bug(Gate breaks, boolean inSessions, String meaning) {
        this.breaks = breaks;
        this.inSessions = inSessions;
        this.meaning = meaning;
    }

    /** The gate that a run with it must find broken. */
    public Gate breaks() {
        return breaks;
    }

    /** Whether that process has it. */
    public boolean isIn(Target target) {
        return target.allocates() == inSessions;
    }

    public String meaning() {
        return meaning;
    }

    /**
     * The bug of that name, as on the command line.
     *
     * @throws IllegalArgumentException that names those that there are, where there is none
     */
    public static Bug named(String name) {
        return Arrays.stream(values())
                .filter(bug -> bug.toString().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + name + "' (expected: one of " + List.of(values()) + ")"));
    }

    @Override
    public List<Spot> spots() {
        return switch (this) {
            case GRANTS_TWICE ->
                List.of(
                        new Spot(CODE + "CellHost", "firstFree", Mistakes.FirstNowAndThen.class),
                        new Spot(CODE + "SlotTransitions", "next", Mistakes.GrantAnything.class));
            case TRUSTS_NO_LEASE -> List.of(new Spot(CODE + "HostRules", "state", Mistakes.GiveUpAtOnce.class));
            case DEADLINES_SLEEP -> List.of(new Spot(CODE + "TickRules", "expire", Mistakes.Skip.class));
            case DROPS_PLACES -> List.of(new Spot(CODE + "GateStep", "toCell", Mistakes.SkipTwentieth.class));
            case FORGETS_PLAYERS -> List.of(new Spot(CODE + "GateMachine", "request", Mistakes.ForgetLive.class));
            case GRANTS_ANYWHERE -> List.of(new Spot(CODE + "CellHost", "isReady", Mistakes.Yes.class));
            case SEES_NO_ROOM -> List.of(new Spot(CODE + "QueueRules", "allowed", Mistakes.TwoLess.class));
            case MISCOUNTS -> List.of(new Spot(CODE + "HostIndex", "detach", Mistakes.SkipHundredth.class));
            case DRAWS_LOTS -> List.of(new Spot(CODE + "HostIndex", "withRoom", Mistakes.Another.class));
            case FORGETS_PLAYS -> List.of(new Spot(CODE + "OutputRules", "plays", Mistakes.Empty.class));
            case SLOW_TAKEOVER -> List.of(new Spot(CODE + "CellStores", "load", Mistakes.Sleep.class));
            case STOPS_NOTHING -> List.of(new Spot(CODE + "HostRules", "stop", Mistakes.Skip.class));
            case SPLITS_PARTIES -> List.of(new Spot(CODE + "QueueRules", "grant", Mistakes.LeaveOneBehind.class));
            case NEW_KEY_EACH_TIME ->
                List.of(new Spot("io.gamestream.router.SessionIds", "of", Mistakes.OtherKey.class));
            case SWALLOWS_POISON ->
                List.of(
                        new Spot(STREAMS + "UnreadableRecords", "handleError", Mistakes.Swallow.class),
                        new Spot(STREAMS + "UnprocessableRecords", "handleError", Mistakes.Swallow.class));
        };
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
