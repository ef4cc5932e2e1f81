package io.gamestream.local.sessions;

import java.util.Set;

/**
 * Where players play.
 *
 * @param plays ids of those who are busy
 */
record Scene(
        RouterClient router,
        HostFleet fleet,
        PlayedGames games,
        SessionTally tally,
        SessionNews news,
        Set<String> plays) {}
