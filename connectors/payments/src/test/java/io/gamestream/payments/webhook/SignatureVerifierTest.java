package io.gamestream.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.gamestream.payments.TestData;
import io.gamestream.payments.webhook.SignatureVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Stripe's own library is the judge, except where it is known to be too lenient or to break. */
class SignatureVerifierTest {

    private static final String SECRET = "whsec_test_gamestream";
    private static final long NOW = 1_763_700_000L;

    private final SignatureVerifier verifier = new SignatureVerifier(List.of(SECRET), 300);

    @Test
    void allKnownAnswersAreGiven() {
        List<JsonNode> vectors = TestData.signatureVectors();
        assertThat(vectors).hasSize(15);
        for (JsonNode vector : vectors) {
            Verdict verdict = new SignatureVerifier(
                            List.of(vector.path("secret").asText()), 300)
                    .verify(
                            vector.path("header").asText(),
                            bytes(vector.path("body").asText()),
                            vector.path("now").asLong());
            boolean expected = vector.path("expect").asText().equals("ok");
            assertThat(verdict == Verdict.VALID)
                    .as(vector.path("name").asText())
                    .isEqualTo(expected);
        }
    }

    @Test
    void allSignedEventsAreValidAndNoneOfThemTampered() {
        List<JsonNode> events = TestData.signedEvents();
        assertThat(events).hasSize(19);
        for (JsonNode event : events) {
            String body = event.path("body").asText();
            long at = event.path("signedAt").asLong();
            String header = event.path("header").asText();
            SignatureVerifier of =
                    new SignatureVerifier(List.of(event.path("secret").asText()), 300);
            assertThat(of.verify(header, bytes(body), at)).isEqualTo(Verdict.VALID);
            assertThat(of.verify(header, bytes(body.replaceFirst("1099", "1")), at))
                    .isEqualTo(body.contains("1099") ? Verdict.MISMATCH : Verdict.VALID);
            assertThat(of.verify(header, bytes(body), at + 301)).isEqualTo(Verdict.OUT_OF_TIME);
            assertThat(of.verify(header, bytes(body), at - 301)).isEqualTo(Verdict.OUT_OF_TIME);
        }
    }

    @Property
    void agreesWithStripesLibraryAboutWhatItSigned(
            @ForAll String body, @ForAll @LongRange(min = -400, max = 400) long age) throws Exception {
        String header = Webhook.Signature.generateSignatureHeader(body, SECRET, NOW - age);
        Verdict verdict = verifier.verify(header, bytes(body), NOW);
        // It accepts what comes from the future.
        assertThat(verdict == Verdict.VALID).isEqualTo(stripeAccepts(header, body) && age >= -300);
    }

    @Property
    void neverBreaksAndNeverAcceptsWhatStripeRefuses(@ForAll String header, @ForAll String body) {
        assertThat(verifier.verify(header, bytes(body), NOW)).isNotEqualTo(Verdict.VALID);
    }

    @Test
    void anyOfTheSecretsMayHaveSigned() throws Exception {
        SignatureVerifier rotating = new SignatureVerifier(List.of("whsec_new", "whsec_old"), 300);
        for (String secret : List.of("whsec_new", "whsec_old")) {
            String header = Webhook.Signature.generateSignatureHeader("{}", secret, NOW);
            assertThat(rotating.verify(header, bytes("{}"), NOW)).isEqualTo(Verdict.VALID);
        }
        String other = Webhook.Signature.generateSignatureHeader("{}", "whsec_other", NOW);
        assertThat(rotating.verify(other, bytes("{}"), NOW)).isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void hugeTimesAndHeadersAreRefusedQuietly() {
        for (String time : List.of("9223372036854775807", "99999999999999999999999", "-1", "", " 1")) {
            assertThatCode(() -> assertThat(verifier.verify("t=" + time + ",v1=00", bytes("{}"), NOW))
                            .isNotEqualTo(Verdict.VALID))
                    .doesNotThrowAnyException();
        }
        assertThat(verifier.verify(null, bytes("{}"), NOW)).isEqualTo(Verdict.MALFORMED);
        assertThat(verifier.verify("t=1,".repeat(10_000), bytes("{}"), NOW)).isEqualTo(Verdict.MALFORMED);
    }

    private static boolean stripeAccepts(String header, String body) {
        try {
            return Webhook.Signature.verifyHeader(
                    body, header, SECRET, 300, Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
        } catch (SignatureVerificationException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
