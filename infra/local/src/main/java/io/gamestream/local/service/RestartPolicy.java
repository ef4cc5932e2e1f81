package io.gamestream.local.service;

import java.time.Duration;

/**
 * When a service that has died is started again: at once the first time, then after pauses that double, so that a service
 * which can't run doesn't take the machine. Immutable.
 *
 * @param quickDeaths how often in a row it has died soon after its start
 */
record RestartPolicy(int quickDeaths) {

    /** Whoever lived longer was well. */
    static final Duration WELL_AFTER = Duration.ofSeconds(30);

    /** So many deaths in a row are no accident: the user is told. */
    static final int REPORT_AT = 3;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    static RestartPolicy fresh() {
        return new RestartPolicy(0);
    }

    RestartPolicy died(Duration afterLivingFor) {
        return afterLivingFor.compareTo(WELL_AFTER) >= 0 ? new RestartPolicy(1) : new RestartPolicy(quickDeaths + 1);
    }

    Duration pause() {
        if (quickDeaths == 0) {
            return Duration.ZERO;
        }
        long doubled = FIRST_PAUSE.toMillis() << Math.min(quickDeaths - 1, 20);
        return Duration.ofMillis(Math.min(doubled, LONGEST_PAUSE.toMillis()));
    }

    /** At the third death in a row, and then at every tenth. */
    boolean tellsUser() {
        return quickDeaths == REPORT_AT || (quickDeaths > REPORT_AT && quickDeaths % 10 == 0);
    }
}
