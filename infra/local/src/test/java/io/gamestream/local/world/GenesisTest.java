package io.gamestream.local.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.load.GameRow;
import io.gamestream.local.load.OrderRow;
import io.gamestream.local.load.UserRow;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.payments.OrderStatus;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GenesisTest {

    private static final Instant BEGINNING = Instant.parse("2026-03-01T12:00:00Z");
    private static final WorldSettings DEFAULTS =
            Settings.load(null, Map.of(), Map.of()).bind("local.world", WorldSettings.class);
    private static final Genesis GENESIS = Genesis.of(DEFAULTS, BEGINNING);

    @Test
    void isAsLargeAsTheSettingsSay() {
        assertThat(GENESIS.users()).hasSize(2_000);
        assertThat(GENESIS.games()).hasSize(800);
        assertThat(GENESIS.orders()).hasSize(8_000);
        assertThat(GENESIS.plays()).hasSize(12_000);
    }

    @Test
    void isTheSameForTheSameSeedAndBeginning() {
        assertThat(Genesis.of(DEFAULTS, BEGINNING)).isEqualTo(GENESIS);
    }

    @Test
    void someTitlesHaveAccentsAndSomeDescriptionsAreLong() {
        assertThat(GENESIS.games().stream()
                        .filter(game -> !Normalizer.isNormalized(game.title(), Normalizer.Form.NFD))
                        .count())
                .isGreaterThan(100);
        List<Integer> lengths = GENESIS.games().stream()
                .map(game -> game.description() == null ? 0 : game.description().length())
                .toList();
        assertThat(lengths).allMatch(length -> length > 100);
        assertThat(lengths.stream().filter(length -> length > 10_000).count()).isBetween(60L, 260L);
        assertThat(GENESIS.games()).allMatch(game -> !game.genres().isEmpty());
        assertThat(GENESIS.games().stream().map(GameRow::title).distinct().count())
                .isGreaterThan(600);
    }

    @Test
    void salesFollowZipfsLaw() {
        Map<String, Long> sold = GENESIS.orders().stream()
                .flatMap(order -> order.lines().stream())
                .collect(Collectors.groupingBy(OrderRow.Line::gameId, Collectors.counting()));
        List<Long> sorted =
                sold.values().stream().sorted(Comparator.reverseOrder()).toList();
        long all = sorted.stream().mapToLong(Long::longValue).sum();
        long top = sorted.stream().limit(80).mapToLong(Long::longValue).sum();
        // Under Zipf's law with exponent 1, the tenth that sells best has 68 % of all sales; buying once only flattens
        // it.
        assertThat((double) top / all).isBetween(0.40, 0.75);
        assertThat(sold.size()).isGreaterThan(600);
    }

    @Test
    void playersBuyAfterTheirTaste() {
        Map<String, List<String>> tastes =
                GENESIS.users().stream().collect(Collectors.toMap(UserRow::id, GenesisTest::favourites));
        Map<String, List<String>> genres =
                GENESIS.games().stream().collect(Collectors.toMap(GameRow::id, GameRow::genres));
        long all = 0;
        long toTaste = 0;
        for (OrderRow order : GENESIS.orders()) {
            for (OrderRow.Line line : order.lines()) {
                all++;
                toTaste += genres.getOrDefault(line.gameId(), List.of()).stream()
                                .anyMatch(genre -> tastes.getOrDefault(order.userId(), List.of())
                                        .contains(genre))
                        ? 1
                        : 0;
            }
        }
        // By chance alone it would be less than a half.
        assertThat((double) toTaste / all).isGreaterThan(0.75);
    }

    @Test
    void mostOrdersOfThePastWerePaid() {
        Map<OrderStatus, Long> byStatus =
                GENESIS.orders().stream().collect(Collectors.groupingBy(OrderRow::status, Collectors.counting()));
        assertThat(byStatus).containsOnlyKeys(OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.REFUNDED);
        assertThat(byStatus.get(OrderStatus.PAID)).isBetween(7_200L, 7_520L);
    }

    @SuppressWarnings("unchecked") // written so by UserMaker
    private static List<String> favourites(UserRow user) {
        Map<String, Object> preferences = user.preferences() == null ? Map.of() : user.preferences();
        return (List<String>) preferences.getOrDefault("favouriteGenres", List.of());
    }
}
