package io.gamestream.local.sessions;

import io.gamestream.local.sessions.SessionWorldSettings.Players;
import io.gamestream.local.world.Population;
import io.gamestream.local.world.Population.Person;
import io.gamestream.local.world.Region;
import io.gamestream.schemas.identity.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Who wants to play next, what, and for how long. No clock, no chance of its own. */
final class Wishes {

    private static final int TRIES = 60;
    private static final int LARGEST_PARTY = 3;
    private static final double WANTS_MORE = 0.3;
    private static final Duration LEAST_CUT_OFF = Duration.ofSeconds(3);
    private static final int CUT_OFF_SPREAD_MS = 12_000;

    private final Players settings;
    private final Population population;
    private final Geography geography;
    /** Who wants to play grows with them. */
    private final int slots;

    Wishes(SessionWorldSettings settings, Population population) {
        this.settings = settings.players();
        this.population = population;
        this.geography = new Geography(settings.sites());
        this.slots = settings.slots();
    }

    /** Until the next one: arrivals are a Poisson process whose rate follows the evening around the globe. */
    Duration pause(SplittableRandom random, Instant now) {
        double perMs = settings.load() * slots / settings.meanLengthMs() * Region.worldLoad(now, settings.day());
        return Duration.ofNanos((long) (1e6 * exponential(random) / perMs));
    }

    /** What somebody who is awake wants; empty where everybody plays already. */
    Optional<Wish> next(SplittableRandom random, Instant now, Predicate<String> plays) {
        Optional<Person> found = anyone(random, now, plays);
        return found.map(person -> {
            List<String> party = new ArrayList<>();
            if (random.nextDouble() < settings.parties()) {
                int others = 1 + random.nextInt(LARGEST_PARTY - 1);
                for (int i = 0; i < others; i++) {
                    anyone(random, now, id -> plays.test(id) || id.equals(person.id()) || party.contains(id))
                            .ifPresent(other -> party.add(other.id()));
                }
            }
            return wish(person, List.copyOf(party), random);
        });
    }

    private Wish wish(Person person, List<String> party, SplittableRandom random) {
        Duration length = length(random);
        boolean cutOff = random.nextDouble() < settings.disconnects();
        boolean wantsMore = person.tier() == Tier.ULTIMATE && random.nextDouble() < WANTS_MORE;
        return new Wish(
                person.id(),
                person.tier().name(),
                population.game(random),
                wantsMore ? "PERFORMANCE" : null,
                // The home is the person's, not the wish's.
                geography.roundTrips(person.region(), new SplittableRandom(person.number())),
                party,
                length,
                Duration.ofMillis((long) (settings.patience().toMillis() * exponential(random))),
                cutOff ? length.dividedBy(2) : null,
                LEAST_CUT_OFF.plusMillis(random.nextInt(CUT_OFF_SPREAD_MS)),
                random.nextDouble() < settings.quits());
    }

    private Optional<Person> anyone(SplittableRandom random, Instant now, Predicate<String> plays) {
        for (int i = 0; i < TRIES; i++) {
            Person person = population.anyone(random);
            if (!plays.test(person.id())
                    && random.nextDouble() < person.region().load(now, settings.day())) {
                return Optional.of(person);
            }
        }
        return Optional.empty();
    }

    /** Lognormal: most are short and a few are very long. */
    private Duration length(SplittableRandom random) {
        double factor = Math.exp(settings.spread() * random.nextGaussian());
        long ms = (long) (settings.usualLength().toMillis() * factor);
        return Duration.ofMillis(Math.min(Math.max(ms, 1), settings.longest().toMillis()));
    }

    /** With mean 1. */
    static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }
}
