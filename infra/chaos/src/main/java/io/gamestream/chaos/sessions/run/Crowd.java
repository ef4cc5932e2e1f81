package io.gamestream.chaos.sessions.run;

import io.gamestream.local.sessions.HostFleet.Nature;
import io.gamestream.local.sessions.Mischief;
import io.gamestream.local.sessions.SessionWorld;
import io.gamestream.local.sessions.SessionWorldSettings;
import io.gamestream.local.sessions.SessionWorldSettings.Hosts;
import io.gamestream.local.sessions.SessionWorldSettings.Players;
import io.gamestream.local.sessions.SessionWorldSettings.Site;
import io.gamestream.local.sessions.SessionWorldSettings.Trouble;
import io.gamestream.local.sessions.Wish;
import io.gamestream.local.sessions.Witness;
import io.gamestream.local.world.WorldSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Hosts and players of a run: two cells that are always nearly full, and a third one for parties of eight. */
final class Crowd {

    static final List<String> CELLS = List.of("eu-west-1", "us-east-1");
    static final String PARTY_CELL = "ap-northeast-1";

    /** Of the party's cell: as many slots as a party has players. */
    private static final int PARTY = 8;

    private static final int SLOTS = 4;
    private static final int HOSTS = 6;
    private static final int PEOPLE = 1_500;

    /** What players and the network do all the time. */
    private static final Mischief.Shares USUAL = new Mischief.Shares(0.15, 0.1, 0.08, 0.02, 0.04);

    private static final Mischief.Shares STORM = new Mischief.Shares(0.15, 0.3, 0.08, 0.7, 0);

    private final SessionWorld world;

    private Crowd(SessionWorld world) {
        this.world = world;
    }

    static Crowd start(long seed, Supplier<URI> routers, Witness witness) {
        Map<String, List<String>> classes = Map.of(
                CELLS.get(0),
                List.of("STANDARD", "STANDARD", "PERFORMANCE"),
                CELLS.get(1),
                List.of("STANDARD", "STANDARD", "PERFORMANCE"),
                PARTY_CELL,
                List.of("ULTRA"));
        SessionWorld world = SessionWorld.start(
                settings(),
                new WorldSettings(seed, PEOPLE, Games.COUNT, 0, 0, 0, Duration.ofHours(24)),
                routers,
                new Nature(classes, true, witness),
                news -> {});
        world.mischief(USUAL);
        return new Crowd(world);
    }

    SessionWorld world() {
        return world;
    }

    void storm(boolean on) {
        world.mischief(on ? STORM : USUAL);
    }

    /** Somebody takes one of eight slots; then a party of eight asks, which must wait until that one leaves. */
    void eightForSeven(int number) {
        String name = "vip-" + number + "-";
        world.play(wish(name + 0, List.of(), Duration.ofSeconds(9)));
        List<String> others = new ArrayList<>();
        for (int i = 2; i <= PARTY; i++) {
            others.add(name + i);
        }
        world.play(wish(name + 1, others, Duration.ofSeconds(4)));
    }

    private static Wish wish(String playerId, List<String> party, Duration length) {
        return new Wish(
                playerId,
                "PLUS",
                Games.PARTY_GAME,
                null,
                Map.of("ap-northeast", 20, "eu-west", 200, "us-east", 150),
                party,
                length,
                Duration.ofSeconds(45),
                null,
                Duration.ZERO,
                false);
    }

    private static SessionWorldSettings settings() {
        return new SessionWorldSettings(
                List.of(
                        new Site(CELLS.get(0), "eu-west", 51.5, -0.1, HOSTS),
                        new Site(CELLS.get(1), "us-east", 39, -77.5, HOSTS),
                        new Site(PARTY_CELL, "ap-northeast", 35.7, 139.7, PARTY / SLOTS)),
                new Hosts(SLOTS, Haste.BEAT, true, Haste.LEASE, Duration.ofMillis(150), Duration.ofMillis(150)),
                new Players(
                        0.75,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(6),
                        0.6,
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(12),
                        0.08,
                        0.15,
                        0.3),
                new Trouble(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }
}
