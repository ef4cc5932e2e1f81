package io.gamestream.bench.quality;

import io.gamestream.local.sessions.FibreWay;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where players and hosts are: 34 cities by their inhabitants, 20 sites. A round trip takes the way of light through fibre and
 * three milliseconds to the first router.
 */
final class Geography {

    private static final double LAST_MILE_MS = 3;

    /**
     * A city with players.
     *
     * @param millions of inhabitants
     */
    record City(String name, double latitude, double longitude, double millions) {}

    /** A site with hosts; its name is the region's. */
    record Site(String name, double latitude, double longitude) {}

    static final List<City> CITIES = List.of(
            new City("new-york", 40.7, -74.0, 20),
            new City("los-angeles", 34.1, -118.2, 13),
            new City("chicago", 41.9, -87.6, 9.5),
            new City("dallas", 32.8, -96.8, 7.6),
            new City("houston", 29.8, -95.4, 7.1),
            new City("washington", 38.9, -77.0, 6.3),
            new City("miami", 25.8, -80.2, 6.1),
            new City("atlanta", 33.7, -84.4, 6.1),
            new City("san-francisco", 37.8, -122.4, 7.7),
            new City("seattle", 47.6, -122.3, 4.0),
            new City("denver", 39.7, -105.0, 3.0),
            new City("toronto", 43.7, -79.4, 6.3),
            new City("mexico-city", 19.4, -99.1, 22),
            new City("sao-paulo", -23.6, -46.6, 22),
            new City("buenos-aires", -34.6, -58.4, 15),
            new City("london", 51.5, -0.1, 14),
            new City("paris", 48.9, 2.4, 13),
            new City("cologne", 50.9, 7.0, 11),
            new City("berlin", 52.5, 13.4, 6.1),
            new City("munich", 48.1, 11.6, 6.0),
            new City("milan", 45.5, 9.2, 8.0),
            new City("madrid", 40.4, -3.7, 6.7),
            new City("warsaw", 52.2, 21.0, 3.1),
            new City("stockholm", 59.3, 18.1, 2.4),
            new City("istanbul", 41.0, 29.0, 15.5),
            new City("johannesburg", -26.2, 28.0, 10),
            new City("mumbai", 19.1, 72.9, 21),
            new City("delhi", 28.6, 77.2, 32),
            new City("singapore", 1.35, 103.8, 5.9),
            new City("hong-kong", 22.3, 114.2, 7.5),
            new City("tokyo", 35.7, 139.7, 37),
            new City("osaka", 34.7, 135.5, 19),
            new City("seoul", 37.6, 127.0, 26),
            new City("sydney", -33.9, 151.2, 5.4));

    static final List<Site> SITES = List.of(
            new Site("iad", 39.0, -77.5),
            new Site("nyc", 40.7, -74.0),
            new Site("ord", 41.9, -87.6),
            new Site("dfw", 32.8, -96.8),
            new Site("mia", 25.8, -80.2),
            new Site("lax", 34.1, -118.2),
            new Site("sjc", 37.3, -121.9),
            new Site("sea", 47.6, -122.3),
            new Site("gru", -23.6, -46.6),
            new Site("lhr", 51.5, -0.1),
            new Site("cdg", 48.9, 2.4),
            new Site("fra", 50.1, 8.7),
            new Site("mad", 40.4, -3.7),
            new Site("arn", 59.3, 18.1),
            new Site("jnb", -26.2, 28.0),
            new Site("bom", 19.1, 72.9),
            new Site("sin", 1.35, 103.8),
            new Site("nrt", 35.7, 139.7),
            new Site("icn", 37.6, 127.0),
            new Site("syd", -33.9, 151.2));

    private final int[][] rttMs = new int[CITIES.size()][SITES.size()];
    private final int[][] nearest = new int[CITIES.size()][];

    Geography() {
        for (int city = 0; city < rttMs.length; city++) {
            int[] row = rttMs[city];
            for (int site = 0; site < row.length; site++) {
                row[site] = rttMs(CITIES.get(city), SITES.get(site));
            }
            nearest[city] = IntStream.range(0, row.length)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingInt(site -> row[site]).thenComparing(site -> site))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    int rttMs(int city, int site) {
        return rttMs[city][site];
    }

    /** A city's sites, the nearest first. */
    int[] nearest(int city) {
        return nearest[city];
    }

    int home(int city) {
        return nearest[city][0];
    }

    private static int rttMs(City city, Site site) {
        double way = FibreWay.roundTripMs(city.latitude(), city.longitude(), site.latitude(), site.longitude());
        return (int) Math.round(LAST_MILE_MS + way);
    }
}
