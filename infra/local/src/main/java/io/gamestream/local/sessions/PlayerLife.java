package io.gamestream.local.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.sessions.PlayerFact.Kind;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One player from the wish to the end of the session, over HTTP: asks until there is an answer, listens to what becomes of it,
 * shows the ticket to the host, plays, leaves. On the event loop.
 */
final class PlayerLife {

    private static final Logger LOG = LoggerFactory.getLogger(PlayerLife.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long AGAIN_MS = 1_000;
    private static final long CONNECT_AGAIN_MS = 400;
    private static final int MOST_TRIES = 60;

    private final Scene scene;
    private final Wish wish;
    private final String key;
    private final PlayerStory story;
    private final Mischief mischief;
    private String sessionId = "";
    private String host = "";
    private long token;
    private int tries;
    private boolean hasPlayed;
    private boolean wasCutOff;
    private boolean partyJoined;
    private boolean leaving;
    private boolean over;
    private Runnable leaveStream = () -> {};

    PlayerLife(Scene scene, Wish wish, String key, Mischief mischief) {
        this.scene = scene;
        this.wish = wish;
        this.key = key;
        this.mischief = mischief;
        this.story = new PlayerStory(scene.tally(), scene.news(), wish);
    }

    void begin() {
        scene.lives().add(this);
        scene.tally().requested();
        new Pranks(scene, this, wish.playerId(), key).play(mischief, wish.request());
        ask();
    }

    /** The one that it was told to follow; empty before. */
    String sessionId() {
        return sessionId;
    }

    boolean isOver() {
        return over;
    }

    /** Wants no more of it, whatever it is. */
    void goHome() {
        leaving = true;
        leave();
    }

    private void ask() {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Idempotency-Key", key);
        saw(Kind.ASKED, 0, "");
        scene.router()
                .post("/v1/sessions?waitMs=3000", wish.request(), headers, PATIENCE)
                .onSuccess(answer -> {
                    scene.witness().sees(Pranks.answered(wish.playerId(), key, answer));
                    if (answer.status() / 100 == 2) {
                        sessionId = answer.body().path("sessionId").asText();
                        follow();
                    } else if (answer.status() == 503) {
                        again(this::ask);
                    } else {
                        LOG.debug("{} is refused: {}", wish.playerId(), answer.text());
                        scene.tally().refused();
                        end();
                    }
                })
                .onFailure(e -> again(this::ask));
    }

    private void follow() {
        if (over) {
            return;
        }
        scene.router()
                .events("/v1/sessions/" + sessionId + "/events", this::told, leave -> leaveStream = leave)
                .onComplete(ended -> {
                    if (over) {
                        return;
                    }
                    boolean unknown =
                            ended.cause() instanceof RouterClient.StreamRefused refused && refused.status() == 404;
                    // Unknown to a router that has started anew, or not decided yet: the same request asks for the same
                    // session.
                    again(unknown ? this::ask : this::follow);
                });
    }

    private void told(JsonNode session) {
        if (over) {
            return;
        }
        String status = session.path("status").asText();
        saw(Kind.TOLD, 200, status);
        if (leaving && (status.equals("QUEUED") || session.has("host")) && !status.equals("ENDED")) {
            leave();
            return;
        }
        switch (status) {
            case "PENDING" -> LOG.trace("{} is not decided yet", sessionId);
            case "QUEUED" -> queued(session);
            case "GRANTED", "STARTING", "ACTIVE", "RESUMABLE" -> onSlot(session, status);
            case "ENDED" -> ended(session.path("reason").asText());
            default -> {
                scene.tally().refused();
                end();
            }
        }
    }

    private void queued(JsonNode session) {
        joinParty();
        if (story.getsInLine()) {
            scene.router().vertx().setTimer(Math.max(1, wish.patience().toMillis()), due -> giveUp());
        }
        if (session.path("recovering").asBoolean()) {
            story.lost();
            token = 0;
        }
        // Without a number it is between two cells.
        if (session.has("position")) {
            story.inLine(session);
        }
    }

    private void giveUp() {
        if (story.isInLine() && !over && !hasPlayed) {
            scene.tally().abandoned();
            leave();
        }
    }

    private void onSlot(JsonNode session, String status) {
        joinParty();
        JsonNode where = session.path("host");
        boolean another = where.path("token").asLong() != token
                || !where.path("id").asText().equals(host);
        if (another) {
            granted(session, where);
        }
        if (status.equals("ACTIVE") && !hasPlayed) {
            hasPlayed = true;
            scene.router().vertx().setTimer(Math.max(1, wish.length().toMillis()), due -> hadEnough());
            if (mischief.vanishes()) {
                scene.router().vertx().setTimer(Math.max(1, wish.length().toMillis() / 2), due -> vanish());
            }
            Duration cutOffAfter = wish.cutOffAfter();
            if (cutOffAfter != null) {
                scene.router().vertx().setTimer(Math.max(1, cutOffAfter.toMillis()), due -> cutOff());
            }
        }
    }

    private void granted(JsonNode session, JsonNode where) {
        host = where.path("id").asText();
        token = where.path("token").asLong();
        story.hasSlot(host);
        if (mischief.cancelsAtGrant()) {
            leaving = true;
            leave();
            return;
        }
        connect(token, session.path("ticket").asText());
    }

    /** Until the host has heard of the session. */
    private void connect(long under, String ticket) {
        SimulatedHost at = scene.fleet().find(host);
        if (over || under != token || at == null || scene.games().connect(at, ticket)) {
            return;
        }
        scene.router().vertx().setTimer(CONNECT_AGAIN_MS, due -> connect(under, ticket));
    }

    private void cutOff() {
        if (!over && !wasCutOff && scene.games().cutOff(sessionId)) {
            wasCutOff = true;
            scene.router().vertx().setTimer(Math.max(1, wish.cutOffFor().toMillis()), due -> resume());
        }
    }

    private void resume() {
        if (over) {
            return;
        }
        scene.router()
                .post(
                        "/v1/sessions/" + sessionId + "/resume",
                        "{}",
                        Map.of("Content-Type", "application/json"),
                        PATIENCE)
                .onSuccess(answer -> {
                    if (answer.status() == 200) {
                        story.isBack();
                        connect(token, answer.body().path("ticket").asText());
                    } else if (answer.status() == 503) {
                        again(this::resume);
                    }
                })
                .onFailure(e -> again(this::resume));
    }

    /** The connection breaks, and nobody ever asks again. */
    private void vanish() {
        if (!over && scene.games().cutOff(sessionId)) {
            end();
        }
    }

    private void hadEnough() {
        if (over) {
            return;
        }
        boolean quits = wish.quitsInGame() && scene.games().quit(sessionId);
        if (!quits) {
            leave();
        }
    }

    private void leave() {
        if (over || sessionId.isEmpty()) {
            return;
        }
        saw(Kind.LEAVES, 0, "");
        scene.router()
                .delete("/v1/sessions/" + sessionId + "?playerId=" + wish.playerId(), PATIENCE)
                .onSuccess(answer -> {
                    if (answer.status() == 503) {
                        again(this::leave);
                    }
                })
                .onFailure(e -> again(this::leave));
    }

    private void ended(String reason) {
        if (hasPlayed) {
            scene.tally().ended();
        }
        LOG.debug("{}: {} has ended: {}", wish.playerId(), sessionId, reason);
        end();
    }

    /** Each asks for itself, and is given what the leader has asked for. */
    private void joinParty() {
        if (partyJoined) {
            return;
        }
        partyJoined = true;
        if (!wish.party().isEmpty()) {
            story.bringsParty();
        }
        for (String member : wish.party()) {
            new PlayerLife(scene, wish.of(member), key + "-" + member, Mischief.NONE).begin();
        }
    }

    private void again(Runnable what) {
        if (++tries > MOST_TRIES) {
            LOG.warn("{} gives up on {} after {} tries", wish.playerId(), sessionId, tries);
            end();
            return;
        }
        scene.tally().retried();
        scene.router().vertx().setTimer(AGAIN_MS, due -> what.run());
    }

    private void end() {
        over = true;
        saw(Kind.OVER, 0, "");
        scene.lives().remove(this);
        story.ends();
        if (!partyJoined) {
            wish.party().forEach(scene.plays()::remove);
        }
        scene.plays().remove(wish.playerId());
        leaveStream.run();
    }

    private void saw(Kind kind, int status, String text) {
        scene.witness().sees(new PlayerFact(HostFleet.now(), kind, wish.playerId(), key, sessionId, status, text));
    }
}
