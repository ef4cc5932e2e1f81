package io.gamestream.chaos.payments.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.payments.load.Wish.Repeat;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WishesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void theSameSeedMakesTheSameWishes() {
        assertThat(Wishes.of(7, 100, MINUTE)).isEqualTo(Wishes.of(7, 100, MINUTE));
        assertThat(Wishes.of(7, 100, MINUTE)).isNotEqualTo(Wishes.of(8, 100, MINUTE));
    }

    @Test
    void everyKindOfWishIsThere() {
        List<Wish> wishes = Wishes.of(7, 2_000, MINUTE);
        for (Repeat repeat : Repeat.values()) {
            assertThat(wishes).as("%s", repeat).anyMatch(wish -> wish.repeat() == repeat);
        }
        for (String part : List.of("MANUAL", "OFF_SESSION", Shop.FREE, "createDispute", "threeDSecure2Required")) {
            assertThat(wishes).as(part).anyMatch(wish -> wish.body().contains(part));
        }
        for (String what : List.of("cancel", "capture", "refunds")) {
            assertThat(wishes).as(what).anyMatch(wish -> wish.follows().stream()
                    .anyMatch(follow -> follow.what().equals(what)));
        }
        assertThat(wishes).filteredOn(Wish::silent).hasSize(200);
        assertThat(wishes).extracting(Wish::key).doesNotHaveDuplicates();
    }
}
