package io.gamestream.local.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WorldTest {

    private static final Instant START = Instant.parse("2026-03-01T18:00:00Z");
    private static final int STEPS = 3_000;

    @Property(tries = 30)
    void onlyWhatIsPossibleHappens(@ForAll long seed) {
        WorldSettings settings = small(seed);
        WorldRules rules = new WorldRules();
        Walk walk = new Walk(settings, rules);
        walk.step(STEPS);
        assertThat(rules.withdrawnPart()).isLessThan(0.25);
        assertThat(rules.pending()).isLessThan(60);
    }

    @Property(tries = 5)
    void theSameSeedMakesTheSameWorld(@ForAll long seed) {
        assertThat(new Walk(small(seed), new WorldRules()).step(500))
                .isEqualTo(new Walk(small(seed), new WorldRules()).step(500));
        assertThat(new Walk(small(seed), new WorldRules()).step(500))
                .isNotEqualTo(new Walk(small(seed + 1), new WorldRules()).step(500));
    }

    /** In one of three worlds: in a single one all games may have been ordered before one is to be deleted. */
    @Property(tries = 2)
    void everyKindOfThingHappens(@ForAll long seed) {
        Map<String, Integer> happened = new HashMap<>();
        for (long world = seed; world != seed + 3; world++) {
            WorldRules rules = new WorldRules();
            new Walk(small(world), rules).step(8_000);
            assertThat(rules.happened().get("PlayGame")).isGreaterThan(2_000);
            assertThat(rules.happened().get("PlaceOrder")).isGreaterThan(800);
            happened.putAll(rules.happened());
        }
        assertThat(happened)
                .containsOnlyKeys(
                        "AddUser",
                        "ChangeProfile",
                        "DeleteUser",
                        "AddGame",
                        "ChangePrice",
                        "ChangeDescription",
                        "ChangeGameStatus",
                        "DeleteGame",
                        "PlaceOrder",
                        "SettleOrder",
                        "PlayGame");
    }

    static WorldSettings small(long seed) {
        return new WorldSettings(seed, 80, 60, 100, 100, 10, Duration.ofHours(24));
    }

    /** Lets a world happen, a second per step, and shows each action to the rules before it is applied. */
    private static final class Walk {

        private final World world;
        private final WorldState state;
        private final WorldRules rules;
        private final SplittableRandom random;
        private Instant now = START;

        Walk(WorldSettings settings, WorldRules rules) {
            this.world = new World(settings);
            this.state = new WorldState(settings.seed(), 1);
            this.rules = rules;
            this.random = new SplittableRandom(settings.seed());
            for (int i = 0; i < settings.games(); i++) {
                take(world.oldGame(state, now));
            }
            for (int i = 0; i < settings.users(); i++) {
                take(world.signUp(state, now));
            }
        }

        List<Action> step(int steps) {
            List<Action> actions = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                now = now.plusSeconds(1);
                actions.add(take(world.next(state, random, now)));
            }
            return actions;
        }

        private Action take(Action action) {
            rules.check(action);
            state.apply(action);
            return action;
        }
    }
}
