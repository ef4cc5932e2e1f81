package io.gamestream.local.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.sessions.SessionNews.Kind;

/** What is told and counted of one player: in line, on a slot, moved to another, gone. On the event loop. */
final class PlayerStory {

    private final SessionTally tally;
    private final SessionNews news;
    private final Wish wish;
    private String host = "";
    private long lostAt;
    private long waitsSince;
    private long toldEta = -1;
    private boolean waits;
    private boolean toldOfLine;
    private boolean plays;

    PlayerStory(SessionTally tally, SessionNews news, Wish wish) {
        this.tally = tally;
        this.news = news;
        this.wish = wish;
    }

    /** True where the player was not in line already. */
    boolean getsInLine() {
        if (waits) {
            return false;
        }
        waits = true;
        waitsSince = HostFleet.now();
        tally.waits(true);
        return true;
    }

    boolean isInLine() {
        return waits;
    }

    /** The line's answer, as the router gives it. */
    void inLine(JsonNode session) {
        long eta = session.path("etaSeconds").asLong(-1);
        String place = "number " + session.path("position").asLong() + (eta < 0 ? "" : ", about " + eta + " s");
        tally.told(place);
        if (!toldOfLine && lostAt == 0) {
            toldOfLine = true;
            toldEta = eta;
            tell(
                    Kind.QUEUE,
                    " (" + wish.tier() + ") waits at " + session.path("cellId").asText() + " for "
                            + session.path("gpuClass").asText() + ": " + place);
        }
    }

    /** The slot is lost, and the session is not. */
    void lost() {
        if (lostAt == 0) {
            lostAt = HostFleet.now();
            leavesSlot();
        }
    }

    void hasSlot(String at) {
        if (waits) {
            waits = false;
            tally.waits(false);
        }
        if (lostAt != 0 || !host.isEmpty()) {
            tally.moved();
            tell(
                    Kind.MOVE,
                    " plays on at " + at
                            + (at.equals(host) ? ", on another slot" : " instead of " + host)
                            + (lostAt == 0 ? "" : ", " + seconds(lostAt) + " s after the slot was given up"));
        } else if (waitsSince != 0) {
            tell(
                    Kind.GRANT,
                    " has a slot at " + at + " after " + seconds(waitsSince) + " s in line"
                            + (toldEta < 0 ? "" : " (told: " + toldEta + " s)"));
        }
        if (!plays) {
            plays = true;
            tally.plays(true);
        }
        host = at;
        lostAt = 0;
    }

    void isBack() {
        tell(Kind.RESUME, " was cut off for " + wish.cutOffFor().toSeconds() + " s and is back on the same slot");
    }

    void bringsParty() {
        tell(Kind.PARTY, " plays with " + String.join(" and ", wish.party()) + ", in one cell");
    }

    void ends() {
        if (waits) {
            waits = false;
            tally.waits(false);
        }
        leavesSlot();
    }

    private void leavesSlot() {
        if (plays) {
            plays = false;
            tally.plays(false);
        }
    }

    private void tell(Kind kind, String what) {
        news.tell(kind, wish.playerId() + what);
    }

    private static long seconds(long since) {
        return (HostFleet.now() - since + 500) / 1_000;
    }
}
