package io.gamestream.bench.quality;

/**
 * How well players were placed.
 *
 * @param rttMs mean of those who played, over the times that were looked at
 * @param bound mean of those very players, had they been placed anew at each time
 * @param waitP50Ms of all who came; who gave up waited until then
 * @param gaveUp share of all who came
 * @param utilisation share of all slots that somebody played on
 */
record Quality(
        String name, double rttMs, double bound, long waitP50Ms, long waitP99Ms, double gaveUp, double utilisation) {

    double ratio() {
        return rttMs / bound;
    }
}
