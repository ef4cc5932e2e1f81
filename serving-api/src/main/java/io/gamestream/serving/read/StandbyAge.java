package io.gamestream.serving.read;

import java.time.Duration;

/**
 * How old a copy that is not the active one may be to answer. A copy whose age is not known yet may be of any age, so it does not.
 *
 * @param most {@code serving.routing.max-standby-age}
 */
record StandbyAge(Duration most) {

    /** @param asOfMillis up to where the copy is known to be complete; 0 where nothing is known */
    boolean allows(long asOfMillis, long nowMillis) {
        return asOfMillis != 0 && nowMillis - asOfMillis <= most.toMillis();
    }
}
