package io.gamestream.local.sessions;

import io.gamestream.local.sessions.PlayerFact.Kind;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of a player's request, and requests of a second device. What they win and nobody wants is given back. On the event loop. */
final class Pranks {

    private static final Logger LOG = LoggerFactory.getLogger(Pranks.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long SOON_MS = 150;
    private static final long LATE_MS = 4_000;
    private static final long AGAIN_MS = 1_000;
    private static final int MOST_TRIES = 60;

    private final Scene scene;
    private final PlayerLife life;
    private final String playerId;
    private final String key;

    Pranks(Scene scene, PlayerLife life, String playerId, String key) {
        this.scene = scene;
        this.life = life;
        this.playerId = playerId;
        this.key = key;
    }

    /** @param body of the request */
    void play(Mischief mischief, String body) {
        if (mischief.asksTwice()) {
            ask(key, body);
        }
        if (mischief.asksLate()) {
            scene.router().vertx().setTimer(LATE_MS, due -> ask(key, body));
        }
        if (mischief.hasSecondDevice()) {
            scene.router().vertx().setTimer(SOON_MS, due -> ask(key + "-other", body));
        }
    }

    /** What a request was answered. */
    static PlayerFact answered(String playerId, String key, RouterClient.Answer answer) {
        String text = answer.status() / 100 == 2 ? answer.body().path("status").asText() : answer.text();
        return new PlayerFact(
                HostFleet.now(),
                Kind.ANSWERED,
                playerId,
                key,
                answer.body().path("sessionId").asText(),
                answer.status(),
                text);
    }

    private void ask(String withKey, String body) {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Idempotency-Key", withKey);
        scene.witness().sees(new PlayerFact(HostFleet.now(), Kind.ASKED, playerId, withKey, "", 0, ""));
        scene.router()
                .post("/v1/sessions?waitMs=3000", body, headers, PATIENCE)
                .onSuccess(answer -> {
                    scene.witness().sees(answered(playerId, withKey, answer));
                    String sessionId = answer.body().path("sessionId").asText();
                    boolean another =
                            !life.sessionId().isEmpty() && !life.sessionId().equals(sessionId);
                    if (answer.status() / 100 == 2 && (another || life.isOver())) {
                        giveBack(sessionId, 1);
                    }
                })
                .onFailure(e -> LOG.debug("a copy of a request of {} had no answer: {}", playerId, e.toString()));
    }

    private void giveBack(String sessionId, int tries) {
        scene.witness().sees(new PlayerFact(HostFleet.now(), Kind.LEAVES, playerId, "", sessionId, 0, ""));
        scene.router()
                .delete("/v1/sessions/" + sessionId + "?playerId=" + playerId, PATIENCE)
                .onComplete(answer -> {
                    boolean taken = answer.succeeded() && answer.result().status() != 503;
                    if (!taken && tries < MOST_TRIES) {
                        scene.router().vertx().setTimer(AGAIN_MS, due -> giveBack(sessionId, tries + 1));
                    }
                });
    }
}
