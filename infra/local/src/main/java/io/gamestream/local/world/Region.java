package io.gamestream.local.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where players live. */
public enum Region {
    EU_WEST("eu-west", 0.26, 0, "GB FR ES PT IE NL BE"),
    EU_CENTRAL("eu-central", 0.22, 1, "DE AT CH PL CZ IT SE"),
    US_EAST("us-east", 0.20, -5, "US CA"),
    US_WEST("us-west", 0.12, -8, "US CA MX"),
    SA_EAST("sa-east", 0.08, -3, "BR AR CL UY"),
    AP_NORTHEAST("ap-northeast", 0.12, 9, "JP KR TW");

    /** Load at the quietest hour, as a part of that at the busiest. */
    private static final double NIGHT = 0.15;

    private static final double BUSIEST_HOUR = 20.5;

    private final String id;
    private final double share;
    private final int utcOffsetHours;
    /** Separated by blanks: a list would not be immutable in the eyes of the compiler. */
    private final String countries;

    Region(String id, double share, int utcOffsetHours, String countries) {
        this.id = id;
        this.share = share;
        this.utcOffsetHours = utcOffsetHours;
        this.countries = countries;
    }

    public String id() {
        return id;
    }

    /** Of all players; the shares of all regions add up to 1. */
    double share() {
        return share;
    }

    List<String> countries() {
        return List.of(countries.split(" "));
    }

    /**
     * How awake the region is: 1 at its busiest hour, {@value #NIGHT} twelve hours later.
     *
     * @param day how long a day takes; with 24 h, the hours are those of the clock
     */
    public double load(Instant now, Duration day) {
        double hour = 24.0 * Math.floorMod(now.toEpochMilli(), day.toMillis()) / day.toMillis() + utcOffsetHours;
        double wave = (1 + Math.cos((hour - BUSIEST_HOUR) / 24 * 2 * Math.PI)) / 2;
        return NIGHT + (1 - NIGHT) * wave;
    }

    /** How awake the world is: around 1 on the average of a day. */
    public static double worldLoad(Instant now, Duration day) {
        double load = 0;
        for (Region region : values()) {
            load += region.share * region.load(now, day);
        }
        return load / ((1 + NIGHT) / 2);
    }

    /** The region with this id; players whom somebody else has written may live anywhere. */
    static Region of(String id) {
        for (Region region : values()) {
            if (region.id.equals(id)) {
                return region;
            }
        }
        return EU_WEST;
    }
}
