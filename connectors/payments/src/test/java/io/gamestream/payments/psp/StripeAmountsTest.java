package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StripeAmountsTest {

    @Test
    void knowsWhereStripeDiffersFromTheStandard() {
        assertThat(StripeAmounts.toStripe(1_999, "EUR")).isEqualTo(1_999);
        assertThat(StripeAmounts.toStripe(500, "JPY")).isEqualTo(500);
        assertThat(StripeAmounts.toStripe(500, "ISK")).isEqualTo(50_000);
        assertThat(StripeAmounts.toStripe(500, "MGA")).isEqualTo(5);
        assertThat(StripeAmounts.toStripe(1_230, "KWD")).isEqualTo(1_230);
        assertThat(StripeAmounts.toIso(50_000, "isk")).isEqualTo(500);
    }

    @Test
    void refusesWhatCanNotBePaidExactly() {
        assertThatThrownBy(() -> StripeAmounts.toStripe(1_231, "KWD")).hasMessageContaining("last digit of 0");
        assertThatThrownBy(() -> StripeAmounts.toStripe(501, "MGA")).hasMessageContaining("multiple of 100");
        assertThatThrownBy(() -> StripeAmounts.toStripe(5, "UGX")).hasMessageContaining("UGX");
        assertThatThrownBy(() -> StripeAmounts.toStripe(5, "ZZZ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StripeAmounts.toStripe(Long.MAX_VALUE, "ISK"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void comesBackAsItWent(@ForAll @LongRange(min = 0, max = 1_000_000_000L) long amount) {
        for (String currency : new String[] {"EUR", "JPY", "ISK", "BRL", "KRW"}) {
            assertThat(StripeAmounts.toIso(StripeAmounts.toStripe(amount, currency), currency))
                    .isEqualTo(amount);
        }
    }
}
