package io.gamestream.chaos.sessions.plan;

import java.util.Arrays;
import java.util.List;

/** What goes wrong. Processes and the world have each their own row of acts, so that one of each goes on at a time. */
public enum Act {
    KILL_SESSIONS(Lane.PROCESSES, "kill -9 of one of two instances of sessions"),
    KILL_ALL_SESSIONS(Lane.PROCESSES, "kill -9 of both instances of sessions"),
    KILL_ROUTER(Lane.PROCESSES, "kill -9 of one of two routers"),
    KILL_BROKER(Lane.PROCESSES, "kill -9 of the broker"),
    ZOMBIE(Lane.PROCESSES, "SIGSTOP of an instance of sessions for longer than its session, SIGCONT"),
    PAUSE(Lane.PROCESSES, "SIGSTOP of both instances of sessions for 5 s"),
    ROLLING_RESTART(Lane.PROCESSES, "sessions and routers restarted, one after the other"),
    EMPTY_DISK(Lane.PROCESSES, "sessions stopped, their disks emptied, started"),
    STOP_TICKER(Lane.PROCESSES, "no ticks, while all else goes on"),
    REDIS_AWAY(Lane.PROCESSES, "Redis stopped and started"),
    POISON(Lane.PROCESSES, "records that can't be read, and records that mean nothing"),

    CRASH_HOSTS(Lane.WORLD, "hosts die, and start anew"),
    CUT_HOSTS(Lane.WORLD, "hosts are cut off and go on streaming"),
    FLAP_HOSTS(Lane.WORLD, "hosts fall silent and come back"),
    DRAIN(Lane.WORLD, "a fifth of a region is drained"),
    LOSE_REGION(Lane.WORLD, "all hosts of a region die"),
    SPIKE(Lane.WORLD, "ten times as many players come"),
    CANCEL_STORM(Lane.WORLD, "players cancel as soon as they have a slot"),
    PARTY(Lane.WORLD, "a party of eight where seven slots are free");

    /** Acts of one lane come one after the other. */
    public enum Lane {
        PROCESSES,
        WORLD
    }

    private final Lane lane;
    private final String meaning;

    Act(Lane lane, String meaning) {
        this.lane = lane;
        this.meaning = meaning;
    }

    public Lane lane() {
        return lane;
    }

    public String meaning() {
        return meaning;
    }

    static List<Act> of(Lane lane) {
        return Arrays.stream(values()).filter(act -> act.lane == lane).toList();
    }
}
