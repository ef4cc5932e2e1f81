package io.gamestream.local.sessions;

import io.gamestream.local.sessions.SessionWorldSettings.Hosts;
import io.gamestream.local.sessions.SessionWorldSettings.Players;
import io.gamestream.local.sessions.SessionWorldSettings.Site;
import io.gamestream.local.sessions.SessionWorldSettings.Trouble;
import io.gamestream.local.world.WorldSettings;
import java.time.Duration;
import java.util.List;

/** Worlds for tests. */
final class Worlds {

    static final Site LONDON = new Site("eu-west-1", "eu-west", 51.5, -0.1, 10);
    static final Site VIRGINIA = new Site("us-east-1", "us-east", 39.0, -77.5, 9);
    static final Site TOKYO = new Site("ap-northeast-1", "ap-northeast", 35.7, 139.7, 5);

    private Worlds() {}

    static WorldSettings people(long seed) {
        return new WorldSettings(seed, 500, 100, 0, 0, 0, Duration.ofHours(24));
    }

    static SessionWorldSettings usual() {
        return settings(List.of(LONDON, VIRGINIA, TOKYO), 0.6);
    }

    static SessionWorldSettings settings(List<Site> sites, double load) {
        return new SessionWorldSettings(
                sites,
                new Hosts(4, seconds(2), true, seconds(15), seconds(1), seconds(1)),
                new Players(load, seconds(600), seconds(40), 0.9, seconds(600), seconds(60), 0.05, 0.08, 0.3),
                new Trouble(seconds(120), seconds(45), seconds(150), seconds(60), seconds(240), seconds(8)));
    }

    private static Duration seconds(long n) {
        return Duration.ofSeconds(n);
    }
}
