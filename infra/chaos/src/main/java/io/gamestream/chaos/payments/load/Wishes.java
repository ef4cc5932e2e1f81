package io.gamestream.chaos.payments.load;

import io.gamestream.chaos.payments.load.Wish.Follow;
import io.gamestream.chaos.payments.load.Wish.Repeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** What players want: the same for the same seed. Pure. */
final class Wishes {

    /**
     * Webhooks are lost for whoever comes within these shares of the load: first of all, when the PSP still answers and little has
     * been killed. What it has not been asked for has nothing to be told of.
     */
    static final double SILENT_FROM = 0;

    static final double SILENT_TO = 0.1;

    private static final String CARD = "pm_card_visa";
    private static final String[] OTHER_CARDS = {
        "pm_card_chargeDeclined_insufficient_funds",
        "pm_card_chargeDeclined_lost_card",
        "pm_card_threeDSecure2Required",
        "pm_card_createDispute",
        "pm_card_createDisputeInquiry",
        "pm_card_pendingRefund",
        "pm_card_refundFail"
    };

    private Wishes() {}

    static List<Wish> of(long seed, int orders, Duration within) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x77697368L);
        List<Wish> wishes = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            double share = (double) i / orders;
            long at = (long) (within.toMillis() * share);
            wishes.add(wish(i, Duration.ofMillis(at), share >= SILENT_FROM && share < SILENT_TO, random, seed));
        }
        return wishes;
    }

    private static Wish wish(int number, Duration at, boolean silent, SplittableRandom random, long seed) {
        Set<Integer> games = new TreeSet<>();
        int lines = 1 + random.nextInt(3);
        while (games.size() < lines) {
            games.add(1 + random.nextInt(Shop.GAMES));
        }
        boolean free = random.nextInt(50) == 0;
        boolean manual = !free && random.nextInt(8) == 0;
        StringBuilder body = new StringBuilder("{\"userId\":\"u" + (1 + random.nextInt(Shop.USERS)) + "\",\"lines\":[");
        if (free) {
            body.append("{\"gameId\":\"").append(Shop.FREE).append("\"}");
        } else {
            List<String> texts = new ArrayList<>();
            games.forEach(
                    game -> texts.add("{\"gameId\":\"g" + game + "\",\"quantity\":" + (1 + random.nextInt(2)) + "}"));
            body.append(String.join(",", texts));
        }
        body.append("]");
        if (!free) {
            boolean usual = random.nextInt(10) < 7;
            body.append(",\"paymentMethod\":\"")
                    .append(usual ? CARD : OTHER_CARDS[random.nextInt(OTHER_CARDS.length)])
                    .append('"');
        }
        if (manual) {
            body.append(",\"capture\":\"MANUAL\"");
        }
        if (random.nextInt(12) == 0) {
            body.append(",\"presence\":\"OFF_SESSION\"");
        }
        body.append('}');
        return new Wish(
                number,
                at,
                "k-" + seed + "-" + number,
                body.toString(),
                repeat(random),
                free ? List.of() : follows(manual, games, random),
                silent);
    }

    private static Repeat repeat(SplittableRandom random) {
        int drawn = random.nextInt(100);
        return drawn < 10 ? Repeat.AGAIN : drawn < 15 ? Repeat.TWICE : drawn < 18 ? Repeat.OTHER_BODY : Repeat.NO;
    }

    private static List<Follow> follows(boolean manual, Set<Integer> games, SplittableRandom random) {
        List<Follow> follows = new ArrayList<>();
        String someGame = "{\"gameIds\":[\"g" + games.iterator().next() + "\"]}";
        if (manual && random.nextInt(6) != 0) {
            follows.add(new Follow(after(random), "capture", random.nextInt(3) == 0 ? someGame : "{}"));
        }
        switch (random.nextInt(12)) {
            case 0, 1 -> follows.add(new Follow(after(random), "refunds", "{}"));
            case 2 -> follows.add(new Follow(after(random), "refunds", someGame));
            case 3 -> follows.add(new Follow(after(random), "refunds", "{\"amountMinor\":HALF}"));
            case 4 -> {
                // More than there is, at once: one of them has to be refused.
                Duration when = after(random).plusSeconds(3);
                follows.add(new Follow(when, "refunds", "{\"amountMinor\":TOTAL}"));
                follows.add(new Follow(when, "refunds", "{\"amountMinor\":TOTAL,\"reason\":\"duplicate\"}"));
            }
            case 5 -> follows.add(new Follow(Duration.ofMillis(random.nextInt(800)), "cancel", "{}"));
            default -> {
                // Content.
            }
        }
        return follows;
    }

    private static Duration after(SplittableRandom random) {
        return Duration.ofMillis(500 + random.nextInt(4_000));
    }
}
