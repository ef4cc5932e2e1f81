package io.gamestream.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.load.SteamDataSet.SteamGame;
import io.gamestream.local.load.SteamDataSet.SteamPlay;
import io.gamestream.local.load.SteamDataSet.SteamPurchase;
import io.gamestream.local.load.SteamDataSet.SteamUser;
import io.gamestream.schemas.payments.OrderStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SteamRowsTest {

    @Test
    void idsAreThoseOfTheDataSetsTables() {
        UserRow user = SteamRows.user(new SteamUser(12_393, "128470551"));
        assertThat(user.id()).isEqualTo("12393");
        assertThat(user.handle()).isEqualTo("steam-128470551");
        GameRow game = SteamRows.game(new SteamGame(1, "The Elder Scrolls V Skyrim"));
        assertThat(game.id()).isEqualTo("1");
        assertThat(game.genres()).isEmpty();
    }

    @Test
    void theSecondPurchaseOfAGameIsAnOrderOfItsOwn() {
        assertThat(SteamRows.order(new SteamPurchase(7, 9, 1, 0)).id()).isEqualTo("steam-7-9");
        OrderRow second = SteamRows.order(new SteamPurchase(7, 9, 2, 60));
        assertThat(second.id()).isEqualTo("steam-7-9-2");
        assertThat(second.status()).isEqualTo(OrderStatus.PAID);
        assertThat(second.lines()).containsExactly(new OrderRow.Line("9", 1, SteamPrices.minor(9)));
        assertThat(second.totalMinor()).isEqualTo(SteamPrices.minor(9));
        assertThat(second.placedAt()).isEqualTo(Instant.parse("2017-01-01T00:01:00Z"));
    }

    @Test
    void pricesArePlausibleAndDoNotChangeFromRunToRun() {
        List<Long> prices = LongStream.rangeClosed(1, 5_155)
                .map(game -> SteamPrices.minor((int) game))
                .boxed()
                .toList();
        assertThat(prices).allMatch(price -> price >= 0 && price <= 5_999);
        assertThat(Set.copyOf(prices)).hasSizeGreaterThan(10);
        // Orders that are in a database somewhere were made with these.
        assertThat(prices.subList(0, 5)).containsExactly(1_499L, 2_999L, 499L, 2_999L, 99L);
    }

    @Test
    void allIdsOfTheRealDataDiffer() {
        SteamDataSet data = SteamReader.read(SteamData.real());
        assertThat(data.users()).hasSize(12_393);
        assertThat(data.games()).hasSize(5_155);
        Set<String> orders = new HashSet<>();
        for (SteamPurchase purchase : data.purchases()) {
            orders.add(SteamRows.order(purchase).id());
        }
        assertThat(orders).hasSize(129_511);
        Set<String> plays = new HashSet<>();
        for (SteamPlay play : data.plays()) {
            plays.add(SteamRows.play(play).getId());
        }
        assertThat(plays).hasSize(70_489);
    }

    @Test
    void theOriginalOfTheRealDataAgreesWithItsTables() {
        SteamCsv.check(SteamData.real().resolve("steam-200k.csv"), SteamReader.read(SteamData.real()));
    }
}
