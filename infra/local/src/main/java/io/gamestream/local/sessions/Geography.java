package io.gamestream.local.sessions;

import io.gamestream.local.sessions.SessionWorldSettings.Site;
import io.gamestream.local.world.Region;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** How far it is from players to sites, in milliseconds. Pure. */
final class Geography {

    /** From a home to the first router of its provider, and back. */
    private static final int LEAST_LAST_MILE_MS = 3;

    private static final int LAST_MILE_SPREAD_MS = 12;

    /** Players of a region live that far around its middle, in degrees. */
    private static final double SPREAD = 6;

    private record Point(double latitude, double longitude) {}

    private final List<Site> sites;

    Geography(List<Site> sites) {
        this.sites = List.copyOf(sites);
    }

    /** Round trip times from somebody's home in that region, by region of the sites. */
    Map<String, Integer> roundTrips(Region home, SplittableRandom random) {
        Point middle = middle(home);
        Point at = new Point(
                middle.latitude() + SPREAD * (random.nextDouble() - 0.5),
                middle.longitude() + 2 * SPREAD * (random.nextDouble() - 0.5));
        int lastMile = LEAST_LAST_MILE_MS + random.nextInt(LAST_MILE_SPREAD_MS);
        Map<String, Integer> times = new TreeMap<>();
        for (Site site : sites) {
            double way = FibreWay.roundTripMs(at.latitude(), at.longitude(), site.latitude(), site.longitude());
            times.merge(site.region(), lastMile + (int) Math.round(way), Math::min);
        }
        return times;
    }

    private static Point middle(Region region) {
        return switch (region) {
            case EU_WEST -> new Point(48.9, 2.4);
            case EU_CENTRAL -> new Point(50.1, 12.0);
            case US_EAST -> new Point(39.0, -80.0);
            case US_WEST -> new Point(36.5, -119.5);
            case SA_EAST -> new Point(-24.5, -50.0);
            case AP_NORTHEAST -> new Point(35.9, 136.0);
        };
    }
}
