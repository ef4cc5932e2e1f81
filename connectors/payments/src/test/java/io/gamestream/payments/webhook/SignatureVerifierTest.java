package io.gamestream.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import io.gamestream.payments.TestData;
import io.gamestream.payments.webhook.SignatureVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Stripe's own library is the judge, except where it is known to be too lenient or to break. */
class SignatureVerifierTest {

    private static final String SECRET = "whsec_test_gamestream";
    private static final String OK = "ok";
    private static final String REFUSED = "SignatureVerificationException";
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

    /**
     * The vectors say what Stripe's library makes of each. Ours differs on purpose: it refuses a time that is as far in the
     * future as one in the past may not be, which the library takes, and answers MALFORMED where the library breaks on a
     * header (NumberFormatException, ArrayIndexOutOfBoundsException). There is nothing that the library refuses and ours
     * takes.
     */
    @Test
    void stripesLibraryGivesTheAnswersThatTheVectorsSayAndOursIsStricterWhereItIsMeantToBe() {
        List<String> stricter = new ArrayList<>();
        for (JsonNode vector : TestData.signatureVectors()) {
            String name = vector.path("name").asText();
            String header = vector.path("header").asText();
            String body = vector.path("body").asText();
            String secret = vector.path("secret").asText();
            long now = vector.path("now").asLong();
            String stripes = stripesVerdict(header, body, secret, now);
            assertThat(stripes)
                    .as(name)
                    .isEqualTo(vector.path("stripe_java_33_3_0").asText());
            Verdict ours = new SignatureVerifier(List.of(secret), 300).verify(header, bytes(body), now);
            if (stripes.equals(OK) && ours != Verdict.VALID) {
                stricter.add(name + " " + ours);
            } else {
                assertThat(ours == Verdict.VALID).as(name).isEqualTo(stripes.equals(OK));
            }
            if (!stripes.equals(OK) && !stripes.equals(REFUSED)) {
                assertThat(ours).as(name).isEqualTo(Verdict.MALFORMED);
            }
        }
        assertThat(stricter).containsExactly("future_400s_stripe_java_accepts_we_must_reject OUT_OF_TIME");
    }

    private record Signed(String type, String body, String header, String secret, long at) {}

    private static List<Signed> signedEvents() {
        List<Signed> events = TestData.signedEvents().stream()
                .map(event -> new Signed(
                        event.path("type").asText(),
                        event.path("body").asText(),
                        event.path("header").asText(),
                        event.path("secret").asText(),
                        event.path("signedAt").asLong()))
                .toList();
        assertThat(events).hasSize(19);
        return events;
    }

    @Test
    void stripesLibraryTakesAllSignedEventsAndReadsThemAndNoneThatWasTampered() throws Exception {
        for (Signed event : signedEvents()) {
            Clock clock = Clock.fixed(Instant.ofEpochSecond(event.at()), ZoneOffset.UTC);
            Event read = Webhook.constructEvent(event.body(), event.header(), event.secret(), 300, clock);
            assertThat(read.getType()).isEqualTo(event.type());
            assertThat(read.getDataObjectDeserializer().getObject())
                    .as(read.getType())
                    .isPresent();
            assertThat(stripesVerdict(event.header(), event.body() + " ", event.secret(), event.at()))
                    .isEqualTo(REFUSED);
            assertThat(stripesVerdict(event.header(), event.body(), event.secret(), event.at() + 301))
                    .isEqualTo(REFUSED);
            // Ours doesn't.
            assertThat(stripesVerdict(event.header(), event.body(), event.secret(), event.at() - 301))
                    .isEqualTo(OK);
        }
    }

    @Test
    void allSignedEventsAreValidAndNoneOfThemTampered() {
        for (Signed event : signedEvents()) {
            String body = event.body();
            long at = event.at();
            String header = event.header();
            SignatureVerifier of = new SignatureVerifier(List.of(event.secret()), 300);
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
        assertThat(verdict == Verdict.VALID)
                .isEqualTo(stripesVerdict(header, body, SECRET, NOW).equals(OK) && age >= -300);
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

    /** In the words of the vectors: ok, or the class of what it throws. */
    private static String stripesVerdict(String header, String body, String secret, long now) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC);
        try {
            return Webhook.Signature.verifyHeader(body, header, secret, 300, clock) ? OK : "false";
        } catch (SignatureVerificationException | RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
