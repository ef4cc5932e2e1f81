package io.gamestream.topology.payment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.internal.payments.WaitingWebhooks;
import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.WebhookEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteRulesTest {

    private static final Duration KEEP = Duration.ofDays(400);
    private static final long NOW = 1_800_000_000_000L;
    private static final long LATER = NOW + KEEP.toMillis();
    private static final WebhookEvent DISPUTE = Payments.webhook("evt_1");

    @Test
    void aRouteIsForgottenLongAfterItsIntentWasLastHeardOf() {
        WaitingWebhooks route = RouteRules.reference(null, "pi_1", "o1", NOW).state();
        assertThat(RouteRules.aged(route, "pi_1", KEEP, LATER - 1)).isNull();
        assertThat(RouteRules.aged(route, "pi_1", KEEP, LATER)).isEqualTo(new RouteRules.Aged(null, null));
        WaitingWebhooks again = RouteRules.webhook(route, DISPUTE, LATER - 1).state();
        assertThat(RouteRules.aged(again, "pi_1", KEEP, LATER))
                .as("a dispute came in between, and its end is still to come")
                .isNull();
    }

    @Test
    void whatIsOlderThanTheRuleBeginsToCountWhenItIsLookedAt() {
        WaitingWebhooks old = new WaitingWebhooks("o1", List.of(), null, false, null);
        WaitingWebhooks stamped = requireNonNull(
                requireNonNull(RouteRules.aged(old, "pi_1", KEEP, NOW)).state());
        assertThat(stamped.getSeenAt()).isEqualTo(NOW);
        assertThat(stamped.getOrderId()).isEqualTo("o1");
        assertThat(RouteRules.aged(stamped, "pi_1", KEEP, NOW + 1)).isNull();
    }

    @Test
    void webhooksThatNoOrderEverHadAreForgottenWithTheirDeadLetter() {
        WaitingWebhooks waiting = RouteRules.webhook(null, DISPUTE, NOW).state();
        assertThat(RouteRules.aged(waiting, "pi_1", KEEP, LATER))
                .as("nobody was told yet")
                .isNull();
        WaitingWebhooks parked =
                requireNonNull(RouteRules.overdue(waiting, "pi_1", NOW + 1)).state();
        RouteRules.Aged aged = requireNonNull(RouteRules.aged(parked, "pi_1", KEEP, LATER));
        assertThat(aged.state()).isNull();
        ParkedOrder letter = requireNonNull(aged.resolved());
        assertThat(letter.getStatus()).isEqualTo(DeadLetterStatus.RESOLVED);
        assertThat(letter.getResolvedBy()).isEqualTo("no order within 400 days");
        assertThat(letter.getDeadLetterId()).isEqualTo("pi_1:parked:1");
    }

    @Test
    void onlySoManyWebhooksOfAnIntentWaitForItsOrder() {
        WaitingWebhooks waiting = RouteRules.webhook(null, DISPUTE, NOW).state();
        for (int i = 2; i <= RouteRules.MOST_WAITING; i++) {
            waiting = RouteRules.webhook(waiting, Payments.webhook("evt_" + i), NOW)
                    .state();
        }
        WaitingWebhooks full = waiting;
        assertThatThrownBy(() -> RouteRules.webhook(full, Payments.webhook("evt_more"), NOW))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining("webhook evt_more: 200 others");
        assertThat(RouteRules.webhook(full, DISPUTE, NOW).state().getWebhooks())
                .as("one that comes again")
                .hasSize(RouteRules.MOST_WAITING);
    }
}
