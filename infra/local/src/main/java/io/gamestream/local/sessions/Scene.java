package io.gamestream.local.sessions;

import java.util.Set;

/**
 * Where players play.
 *
 * @param plays ids of those who are busy
 * @param lives of those who are there
 */
record Scene(
        RouterClient router,
        HostFleet fleet,
        PlayedGames games,
        SessionTally tally,
        SessionNews news,
        Witness witness,
        Set<String> plays,
        Set<PlayerLife> lives) {}
