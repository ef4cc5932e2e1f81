package io.gamestream.topology.payment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a decline means for another attempt. The table {@code decline-codes.tsv} follows Stripe's list of card decline codes;
 * an advice of the network overrides it, but that "later" is days where the code says so: a card that was empty a minute ago is
 * empty still. What isn't known isn't retried.
 */
final class Declines {

    /** From the least to the most final: of two told about one attempt the later one here counts. */
    enum DeclineClass {
        /** May pass within minutes. */
        SOFT_MINUTES,
        /** May pass within days; asking the player for another card is better while they are there. */
        SOFT_DAYS,
        /** The player has to prove who they are. */
        CUSTOMER_ACTION,
        /** Something that the player entered is wrong. */
        FIX_DATA,
        /** The PSP may hold another payment for it: to be read before anything else. */
        RESOLVE,
        /** Never with this card. */
        HARD
    }

    private record Code(DeclineClass meaning, boolean told) {}

    private static final String TABLE = "decline-codes.tsv";

    /** What a player is told instead of a code that would help a thief. */
    private static final String UNTOLD = "card_declined";

    private static final Map<String, DeclineClass> ADVICE = Map.of(
            "do_not_try_again", DeclineClass.HARD,
            "try_again_later", DeclineClass.SOFT_MINUTES,
            "confirm_card_data", DeclineClass.FIX_DATA);

    private static final Map<String, Code> CODES = read();

    private Declines() {}

    static DeclineClass classify(@Nullable String code, @Nullable String advice) {
        Code known = code == null ? null : CODES.get(code);
        DeclineClass meaning = known == null ? DeclineClass.HARD : known.meaning();
        DeclineClass advised = advice == null ? null : ADVICE.get(advice);
        boolean later = advised == DeclineClass.SOFT_MINUTES && meaning == DeclineClass.SOFT_DAYS;
        return advised == null || later ? meaning : advised;
    }

    /** The code as a player may see it. */
    static String told(@Nullable String code) {
        Code known = code == null ? null : CODES.get(code);
        return code == null || known == null || !known.told() ? UNTOLD : code;
    }

    static Map<String, DeclineClass> codes() {
        return CODES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .meaning()));
    }

    private static Map<String, Code> read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Declines.class.getResourceAsStream(TABLE), TABLE), StandardCharsets.UTF_8))) {
            return in.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .collect(Collectors.toUnmodifiableMap(columns -> columns[0], ((Function<String[], Code>)
                            columns -> new Code(DeclineClass.valueOf(columns[1]), columns[2].equals("told")))));
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE, e);
        }
    }
}
