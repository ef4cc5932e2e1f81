package io.gamestream.serving.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Content-Security-Policy of a page: its own script and style by their hashes, this server for data, nothing else. A title with markup
 * in it, were one ever written into the page, could do nothing.
 *
 * @param header value of the header
 */
record ContentPolicy(String header) {

    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    static ContentPolicy of(String html) {
        return new ContentPolicy("default-src 'none'; script-src " + sources(SCRIPT, html) + "; style-src "
                + sources(STYLE, html)
                + "; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    /** SHA-256 in base64. */
    static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static String sources(Pattern element, String html) {
        StringBuilder sources = new StringBuilder();
        Matcher each = element.matcher(html);
        while (each.find()) {
            sources.append(sources.length() == 0 ? "" : " ");
            sources.append("'sha256-").append(hash(each.group(1))).append('\'');
        }
        return sources.length() == 0 ? "'none'" : sources.toString();
    }
}
