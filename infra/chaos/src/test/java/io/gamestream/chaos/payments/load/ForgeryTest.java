package io.gamestream.chaos.payments.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.payments.webhook.SignatureVerifier;
import io.gamestream.payments.webhook.SignatureVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgeryTest {

    private static final String SECRET = "whsec_of_a_test";
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final SignatureVerifier gateway = new SignatureVerifier(List.of(SECRET), 300);

    /** Nothing but its age is wrong with it. */
    @Test
    void aStaleOneWasValidOnce() {
        Forgery stale = Forgery.stale(7, "ord_1", NOW, SECRET);
        assertThat(verdict(stale, NOW)).isEqualTo(Verdict.OUT_OF_TIME);
        assertThat(verdict(stale, NOW.minusSeconds(360))).isEqualTo(Verdict.VALID);
    }

    @Test
    void anUnsignedOneIsNew() {
        assertThat(verdict(Forgery.unsigned(7, "ord_1", NOW), NOW)).isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void eachHasAnEventOfItsOwnAboutTheOrder() {
        for (Forgery forgery : List.of(Forgery.stale(7, "ord_1", NOW, SECRET), Forgery.unsigned(7, "ord_1", NOW))) {
            assertThat(forgery.body()).contains(forgery.event(), "\"order_id\":\"ord_1\"");
        }
    }

    private Verdict verdict(Forgery forgery, Instant now) {
        return gateway.verify(
                forgery.signature(), forgery.body().getBytes(StandardCharsets.UTF_8), now.getEpochSecond());
    }
}
