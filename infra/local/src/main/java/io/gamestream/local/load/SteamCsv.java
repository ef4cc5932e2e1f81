package io.gamestream.local.load;

import io.gamestream.local.load.SteamDataSet.SteamGame;
import io.gamestream.local.load.SteamDataSet.SteamPlay;
import io.gamestream.local.load.SteamDataSet.SteamPurchase;
import io.gamestream.local.load.SteamDataSet.SteamUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The original of the data set, from which the tables were made: {@code realId,"title",purchase|play,value,0}. A second
 * source for the same facts, so the two are compared before anything is loaded.
 */
final class SteamCsv {

    /** RFC 4180: a title stands in quotes, and a quote inside of it is doubled. */
    private static final Pattern LINE =
            Pattern.compile("(\\d+),\"((?:[^\"]|\"\")*)\",(purchase|play),(\\d+(?:\\.\\d+)?),0");

    /** One behaviour, as both sources can say it. */
    private record Fact(String realId, String title, long seconds) {

        static final long PURCHASE = -1;
    }

    private final Path path;
    private final Map<Fact, Integer> missing;

    private SteamCsv(Path path, Map<Fact, Integer> expected) {
        this.path = path;
        this.missing = expected;
    }

    /**
     * Compares the file with the tables, line for line, as multisets.
     *
     * @throws LoadException that names the first line that the tables don't have, or says what the file lacks
     */
    static void check(Path path, SteamDataSet tables) {
        new SteamCsv(path, facts(tables)).check();
    }

    private void check() {
        try (BufferedReader lines = TabFile.open(path)) {
            int number = 0;
            for (@Nullable String text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                take(number, text);
            }
        } catch (IOException e) {
            throw new LoadException(path + ": can't be read: " + e.getMessage(), e);
        }
        if (!missing.isEmpty()) {
            throw new LoadException(path + " lacks "
                    + missing.values().stream().mapToInt(Integer::intValue).sum()
                    + " lines that game_purchase.dat or game_play.dat has, such as "
                    + missing.keySet().iterator().next() + " (expected: the same behaviours in both)");
        }
    }

    private void take(int number, String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new LoadException(
                    path + ":" + number + ": '" + text + "' (expected: user,\"title\",purchase|play,value,0)");
        }
        long seconds = "purchase".equals(line.group(3))
                ? Fact.PURCHASE
                : new BigDecimal(line.group(4))
                        .multiply(BigDecimal.valueOf(3600))
                        .longValue();
        Fact fact = new Fact(line.group(1), line.group(2).replace("\"\"", "\""), seconds);
        Integer left = missing.get(fact);
        if (left == null) {
            throw new LoadException(path + ":" + number + ": '" + text + "' is not in "
                    + (seconds == Fact.PURCHASE ? "game_purchase.dat" : "game_play.dat")
                    + " (expected: the same behaviours in both)");
        }
        if (left == 1) {
            missing.remove(fact);
        } else {
            missing.put(fact, left - 1);
        }
    }

    private static Map<Fact, Integer> facts(SteamDataSet tables) {
        Map<Integer, String> realIds = new HashMap<>();
        for (SteamUser user : tables.users()) {
            realIds.put(user.id(), user.realId());
        }
        Map<Integer, String> titles = new HashMap<>();
        for (SteamGame game : tables.games()) {
            titles.put(game.id(), game.title());
        }
        Map<Fact, Integer> facts = new HashMap<>();
        for (SteamPurchase purchase : tables.purchases()) {
            facts.merge(fact(realIds, titles, purchase.user(), purchase.game(), Fact.PURCHASE), 1, Integer::sum);
        }
        for (SteamPlay play : tables.plays()) {
            facts.merge(fact(realIds, titles, play.user(), play.game(), play.seconds()), 1, Integer::sum);
        }
        return facts;
    }

    private static Fact fact(
            Map<Integer, String> realIds, Map<Integer, String> titles, int user, int game, long seconds) {
        return new Fact(realIds.getOrDefault(user, ""), titles.getOrDefault(game, ""), seconds);
    }
}
