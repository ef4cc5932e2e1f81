package io.gamestream.payments.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code Stripe-Signature: t=<seconds>,v1=<hex>[,v1=...]}: HMAC-SHA256 of {@code t.body} over the bytes as they came. Any
 * {@code v1} may match any secret, so that secrets can be rotated; other schemes never count. Stricter than Stripe's own
 * library: a time in the future is refused too, and whatever the header is, there is no exception. Thread-safe.
 */
public final class SignatureVerifier {

    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;
    private final long toleranceSeconds;

    /** What came of a check. */
    public enum Verdict {
        VALID,
        /** No header, or none of the form above. */
        MALFORMED,
        /** The time is too far from ours, in whichever direction. */
        OUT_OF_TIME,
        /** No signature is by one of our secrets over this body. */
        MISMATCH
    }

    /**
     * A verifier.
     *
     * @param secrets of the endpoint, {@code whsec_} included; at least one
     */
    public SignatureVerifier(List<String> secrets, long toleranceSeconds) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("secrets: [] (expected: at least one)");
        }
        this.keys = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        this.toleranceSeconds = toleranceSeconds;
    }

    /**
     * Checks a body against its header.
     *
     * @param nowSeconds of the epoch
     */
    public Verdict verify(@Nullable String header, byte[] body, long nowSeconds) {
        Header parsed = header == null ? null : parse(header);
        if (parsed == null) {
            return Verdict.MALFORMED;
        }
        if (!matches(parsed, body)) {
            return Verdict.MISMATCH;
        }
        // Not by subtraction, which a time of 2^63 would turn around.
        boolean inTime =
                parsed.time() >= nowSeconds - toleranceSeconds && parsed.time() <= nowSeconds + toleranceSeconds;
        return inTime ? Verdict.VALID : Verdict.OUT_OF_TIME;
    }

    /** {@code signed} is the time as it is written, since that is what was signed. */
    private record Header(String signed, long time, List<String> signatures) {}

    private static @Nullable Header parse(String header) {
        String signed = null;
        List<String> signatures = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                return null;
            }
            String value = part.substring(equals + 1);
            switch (part.substring(0, equals)) {
                case "t" -> signed = value;
                case "v1" -> signatures.add(value);
                default -> {
                    // Another scheme, now or in the future: no say in this.
                }
            }
        }
        if (signed == null || signatures.isEmpty() || !signed.matches("[0-9]{1,18}")) {
            return null;
        }
        return new Header(signed, Long.parseLong(signed), signatures);
    }

    /** Compares all with all, so that the time it takes tells nothing. */
    private boolean matches(Header header, byte[] body) {
        boolean matched = false;
        for (SecretKeySpec key : keys) {
            byte[] expected =
                    HexFormat.of().formatHex(hmac(key, header.signed(), body)).getBytes(StandardCharsets.US_ASCII);
            for (String signature : header.signatures()) {
                matched |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
            }
        }
        return matched;
    }

    private static byte[] hmac(SecretKeySpec key, String signed, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(signed.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) '.');
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
