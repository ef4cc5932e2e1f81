package io.gamestream.bench.quality;

import io.gamestream.bench.quality.Geography.City;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The players of some days, the same ones for each who places them. They come by a Poisson process at a constant rate; what goes
 * round the world is the evening, when three times as many of a city play as in its morning. Sites are sized by what their cities
 * want over the day, so that each has too little for its evening and the others have some left.
 */
final class Trace {

    private static final double MEAN_SESSION_MS = Duration.ofMinutes(40).toMillis();
    private static final double LONGEST_SESSION_MS = Duration.ofHours(7).toMillis();

    /** Of the logarithm of a session's length: half of them are shorter than 24 minutes. */
    private static final double SPREAD = 1.0;

    /** A city's evening over its mean. */
    private static final double SWING = 0.5;

    /** Within which those come who would be there already. */
    private static final double START_MS = Duration.ofMinutes(10).toMillis();

    private static final double EVENING_HOUR = 20;
    private static final double HOURS = 24;
    private static final double DEGREES_PER_HOUR = 15;
    private static final double MS_PER_HOUR = 3_600_000;

    private final Geography geography;
    private final int[] slots;
    private final List<Visit> visits = new ArrayList<>();

    /** @param load share of all slots that are taken in the mean, if nobody has to wait */
    Trace(Geography geography, int slots, int slotsPerHost, double load, Duration length, long seed) {
        this.geography = geography;
        this.slots = size(geography, slots, slotsPerHost);
        Random random = new Random(seed);
        int all = 0;
        for (int site : this.slots) {
            all += site;
        }
        comeBefore(random, (int) Math.round(load * all));
        double perMs = load * all / MEAN_SESSION_MS;
        double at = -Math.log(1 - random.nextDouble()) / perMs;
        while (at < length.toMillis()) {
            come(random, at, MEAN_SESSION_MS * lengthOver(random, -SPREAD * SPREAD / 2));
            at -= Math.log(1 - random.nextDouble()) / perMs;
        }
        visits.sort(Comparator.comparingLong(Visit::at).thenComparingInt(Visit::number));
    }

    /** Those who would be there already: a long session is likelier to be met, and somewhere in its middle. */
    private void comeBefore(Random random, int players) {
        for (int i = 0; i < players; i++) {
            double rest = MEAN_SESSION_MS * lengthOver(random, SPREAD * SPREAD / 2) * random.nextDouble();
            come(random, random.nextDouble() * START_MS, rest);
        }
    }

    private void come(Random random, double at, double lengthMs) {
        visits.add(new Visit(visits.size(), (long) at, city(at, random.nextDouble()), (long)
                Math.min(lengthMs, LONGEST_SESSION_MS)));
    }

    private static double lengthOver(Random random, double mean) {
        return Math.exp(SPREAD * random.nextGaussian() + mean);
    }

    Geography geography() {
        return geography;
    }

    /** By site. */
    int[] slots() {
        return slots.clone();
    }

    /** In the order of their coming. */
    List<Visit> visits() {
        return visits;
    }

    private static int[] size(Geography geography, int slots, int slotsPerHost) {
        double[] wanted = new double[Geography.SITES.size()];
        double people = 0;
        for (int city = 0; city < Geography.CITIES.size(); city++) {
            double millions = Geography.CITIES.get(city).millions();
            wanted[geography.home(city)] += millions;
            people += millions;
        }
        int[] sized = new int[wanted.length];
        for (int site = 0; site < sized.length; site++) {
            long hosts = Math.max(1, Math.round(slots * wanted[site] / people / slotsPerHost));
            sized[site] = (int) hosts * slotsPerHost;
        }
        return sized;
    }

    private static int city(double at, double where) {
        double all = 0;
        for (City city : Geography.CITIES) {
            all += weight(city, at);
        }
        double rest = where * all;
        for (int i = 0; i < Geography.CITIES.size(); i++) {
            rest -= weight(Geography.CITIES.get(i), at);
            if (rest < 0) {
                return i;
            }
        }
        return Geography.CITIES.size() - 1;
    }

    private static double weight(City city, double at) {
        double localHour = at / MS_PER_HOUR + city.longitude() / DEGREES_PER_HOUR;
        return city.millions() * (1 + SWING * Math.cos(2 * Math.PI * (localHour - EVENING_HOUR) / HOURS));
    }
}
