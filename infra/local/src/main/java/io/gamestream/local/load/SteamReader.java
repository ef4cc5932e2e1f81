package io.gamestream.local.load;

import io.gamestream.local.load.SteamDataSet.SteamGame;
import io.gamestream.local.load.SteamDataSet.SteamPlay;
import io.gamestream.local.load.SteamDataSet.SteamPurchase;
import io.gamestream.local.load.SteamDataSet.SteamUser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the files of the Steam-200k data set and refuses what is not as its README says, before anything is loaded. */
final class SteamReader {

    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private final Path dir;
    private final Set<Integer> users = new HashSet<>();
    private final Set<Integer> games = new HashSet<>();

    private SteamReader(Path dir) {
        this.dir = dir;
    }

    /**
     * Reads the whole data set: some tens of MB in memory.
     *
     * @throws LoadException that names file and line, and says what was expected there
     */
    static SteamDataSet read(Path dir) {
        if (!Files.isDirectory(dir)) {
            throw new LoadException(dir.toAbsolutePath()
                    + ": no such directory (expected: the one with item_info.dat, user_info.dat, game_purchase.dat and"
                    + " game_play.dat of the Steam-200k data set)");
        }
        SteamReader reader = new SteamReader(dir);
        List<SteamUser> users = reader.users();
        List<SteamGame> games = reader.games();
        List<SteamPurchase> purchases = reader.purchases();
        List<SteamPlay> plays = reader.plays();
        return new SteamDataSet(users, games, purchases, plays, digest(dir.resolve("game_play.dat")));
    }

    private List<SteamUser> users() {
        List<SteamUser> found = new ArrayList<>();
        Set<String> realIds = new HashSet<>();
        file("user_info.dat", "New_ID", "Real_ID").read(line -> {
            SteamUser user = new SteamUser(line.id(0), line.text(1));
            if (!users.add(user.id())) {
                throw line.refuse(0, "an id that no line above has");
            }
            if (!realIds.add(user.realId())) {
                throw line.refuse(1, "an id that no line above has");
            }
            found.add(user);
        });
        return found;
    }

    private List<SteamGame> games() {
        List<SteamGame> found = new ArrayList<>();
        file("item_info.dat", "Game_ID", "Game Name").read(line -> {
            if (!games.add(line.id(0))) {
                throw line.refuse(0, "an id that no line above has");
            }
            found.add(new SteamGame(line.id(0), line.text(1)));
        });
        return found;
    }

    private List<SteamPurchase> purchases() {
        List<SteamPurchase> found = new ArrayList<>();
        Map<Long, Integer> seen = new HashMap<>();
        file("game_purchase.dat", "User_ID", "Game_ID", "Purchase").read(line -> {
            if (line.decimal(2).compareTo(BigDecimal.ONE) != 0) {
                throw line.refuse(2, "1.0");
            }
            int user = user(line);
            int game = game(line);
            found.add(new SteamPurchase(user, game, occurrence(seen, user, game), found.size()));
        });
        return found;
    }

    private List<SteamPlay> plays() {
        List<SteamPlay> found = new ArrayList<>();
        Map<Long, Integer> seen = new HashMap<>();
        file("game_play.dat", "User_ID", "Game_ID", "Hours").read(line -> {
            long seconds = line.decimal(2).multiply(SECONDS_PER_HOUR).longValue();
            int user = user(line);
            int game = game(line);
            found.add(new SteamPlay(user, game, seconds, occurrence(seen, user, game), found.size()));
        });
        return found;
    }

    private int user(TabFile.Line line) {
        if (!users.contains(line.id(0))) {
            throw line.refuse(0, "a New_ID of user_info.dat");
        }
        return line.id(0);
    }

    private int game(TabFile.Line line) {
        if (!games.contains(line.id(1))) {
            throw line.refuse(1, "a Game_ID of item_info.dat");
        }
        return line.id(1);
    }

    private static int occurrence(Map<Long, Integer> seen, int user, int game) {
        return seen.merge(((long) user << Integer.SIZE) | game, 1, Integer::sum);
    }

    private TabFile file(String name, String... header) {
        return new TabFile(dir.resolve(name), List.of(header));
    }

    private static String digest(Path file) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new LoadException(file + ": can't be read: " + e.getMessage(), e);
        }
    }
}
