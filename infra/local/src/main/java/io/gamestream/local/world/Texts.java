package io.gamestream.local.world;

import java.util.Locale;
import java.util.SplittableRandom;

/** Descriptions of games. */
final class Texts {

    /** One game in so many has a description that Postgres stores out of line (TOAST), which change data capture must survive. */
    private static final int LONG_ONE_IN = 6;

    private static final int SHORT_CHARS = 160;
    private static final int LONG_CHARS = 12_000;

    private Texts() {}

    static String description(SplittableRandom random) {
        boolean isLong = random.nextInt(LONG_ONE_IN) == 0;
        int target = isLong ? LONG_CHARS + random.nextInt(LONG_CHARS) : SHORT_CHARS + random.nextInt(SHORT_CHARS);
        StringBuilder text = new StringBuilder(target + 200);
        while (text.length() < target) {
            text.append(text.isEmpty() ? "" : " ").append(sentence(random));
            if (isLong) {
                // Numbers hardly compress; without them the text would fit into the row after all.
                text.append(" (")
                        .append(Dice.pick(Words.HEROES, random))
                        .append("'s log, entry ")
                        .append(Long.toString(random.nextLong(1L << 40), 36))
                        .append(')');
            }
        }
        return text.toString();
    }

    private static String sentence(SplittableRandom random) {
        return String.format(
                Locale.ROOT,
                Dice.pick(Words.OPENINGS, random),
                Dice.pick(Words.PLACES, random),
                Dice.pick(Words.VERBS, random),
                Dice.pick(Words.ADJECTIVES, random).toLowerCase(Locale.ROOT),
                Dice.pick(Words.NOUNS, random).toLowerCase(Locale.ROOT));
    }
}
