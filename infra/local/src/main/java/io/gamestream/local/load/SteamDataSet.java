package io.gamestream.local.load;

import java.util.List;

/**
 * The Steam-200k data set as its files have it, in the order of their lines.
 *
 * @param playsDigest SHA-256 of the file of plays, which tells one version of the data from another
 */
record SteamDataSet(
        List<SteamUser> users,
        List<SteamGame> games,
        List<SteamPurchase> purchases,
        List<SteamPlay> plays,
        String playsDigest) {

    /**
     * A user.
     *
     * @param id New_ID, the one that the other files use
     * @param realId Real_ID, Steam's own
     */
    record SteamUser(int id, String realId) {}

    /** A game. */
    record SteamGame(int id, String title) {}

    /**
     * A purchase.
     *
     * @param occurrence 1, or 2 where the file holds the same user and game a second time, as it does 707 times
     * @param line of the file, from 0
     */
    record SteamPurchase(int user, int game, int occurrence, int line) {}

    /**
     * All the play of one game by one user.
     *
     * @param occurrence 1, or more where the file holds the same user and game again, as it does 12 times
     * @param line of the file, from 0
     */
    record SteamPlay(int user, int game, long seconds, int occurrence, int line) {}

    SteamDataSet {
        users = List.copyOf(users);
        games = List.copyOf(games);
        purchases = List.copyOf(purchases);
        plays = List.copyOf(plays);
    }
}
