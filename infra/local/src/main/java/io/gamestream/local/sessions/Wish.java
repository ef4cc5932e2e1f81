package io.gamestream.local.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A player wants to play, and what will come of it where nothing goes wrong.
 *
 * @param playerId who
 * @param tier the player's subscription
 * @param gpuClass more than the game needs; null for what it needs
 * @param rttMs measured round trips, by region
 * @param party others who are to play with the player
 * @param length of the session
 * @param patience in line
 * @param cutOffAfter when the player loses the connection; null for never
 * @param cutOffFor how long
 * @param quitsInGame whether the player ends it in the game, rather than by asking the router
 */
public record Wish(
        String playerId,
        String tier,
        String gameId,
        @Nullable String gpuClass,
        Map<String, Integer> rttMs,
        List<String> party,
        Duration length,
        Duration patience,
        @Nullable Duration cutOffAfter,
        Duration cutOffFor,
        boolean quitsInGame) {

    /** The body of the request. */
    String request() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("playerId", playerId).put("gameId", gameId).put("tier", tier);
        if (gpuClass != null) {
            json.put("gpuClass", gpuClass);
        }
        ObjectNode rtts = json.putObject("rttMs");
        rttMs.forEach(rtts::put);
        if (!party.isEmpty()) {
            party.forEach(json.putArray("party")::add);
        }
        return json.toString();
    }

    /** The same of somebody else, who asks for nobody else. */
    Wish of(String member) {
        return new Wish(
                member,
                tier,
                gameId,
                gpuClass,
                rttMs,
                List.of(),
                length,
                patience,
                cutOffAfter,
                cutOffFor,
                quitsInGame);
    }
}
