package io.gamestream.local.sessions;

/** How long light takes between two places, there and back. Pure. */
public final class FibreWay {

    private static final double EARTH_KM = 6_371;

    /** Light in fibre takes 0.01 ms per km there and back; cables are 1.7 times as long as the way. */
    private static final double MS_PER_KM = 0.01 * 1.7;

    private FibreWay() {}

    /** Milliseconds along a great circle (haversine) between two points in degrees. */
    public static double roundTripMs(double latitude, double longitude, double toLatitude, double toLongitude) {
        double north = Math.sin(Math.toRadians(toLatitude - latitude) / 2);
        double east = Math.sin(Math.toRadians(toLongitude - longitude) / 2);
        double part =
                north * north + Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(toLatitude)) * east * east;
        return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(part))) * MS_PER_KM;
    }
}
