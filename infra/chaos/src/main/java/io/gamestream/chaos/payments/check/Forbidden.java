package io.gamestream.chaos.payments.check;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells what a text holds that must be in no topic and no log: keys and secrets of the PSP, by their shape and as they are in this
 * run, and card numbers. Texts may be Avro read as ISO 8859-1. Pure.
 */
public final class Forbidden {

    /** Stripe's own shapes: docs.stripe.com/keys, .../webhooks/signature, and client secrets of intents and of their actions. */
    private static final Pattern SECRET =
            Pattern.compile("(?:sk|rk)_(?:test|live)_[A-Za-z0-9]{8,}|whsec_[A-Za-z0-9+/=]{8,}"
                    + "|(?:pi|seti|src|cs|py)_[A-Za-z0-9_]*secret_[A-Za-z0-9]+"
                    + "|\\\\?\"client_?[sS]ecret\\\\?\"\\s*:\\s*\\\\?\"[^\"\\\\]");

    /** Ids of ours are 32 hexadecimal digits or UUIDs, hashes are longer; some have a card number's digits in a row. */
    private static final Pattern HEXADECIMAL =
            Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{24,}");

    /**
     * Digits in a row, or in the groups that are printed on cards; begun as the networks do that the PSP takes (2 to 6: so no time
     * since 1970 is one), and no fraction of a number.
     */
    private static final Pattern DIGITS = Pattern.compile("(?<![0-9]|[0-9]\\.)(?:[2-6][0-9]{12,18}"
            + "|[2-6][0-9]{3}([ -])[0-9]{4}\\1[0-9]{4}\\1[0-9]{4}(?:\\1[0-9]{3})?"
            + "|3[0-9]{3}([ -])[0-9]{6}\\2[0-9]{4,5})(?![0-9])");

    private static final Pattern GAPS = Pattern.compile("[ -]");

    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    private final Pattern given;

    /** @param secrets of this run, none of them empty */
    public Forbidden(Collection<String> secrets) {
        given = Pattern.compile(secrets.stream().map(Forbidden::quoted).collect(Collectors.joining("|")));
    }

    private static String quoted(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("secret: '' (expected: one that is in use)");
        }
        return Pattern.quote(secret);
    }

    /** What it holds, without repeating it. */
    public Optional<String> in(String text) {
        if ((!given.pattern().isEmpty() && given.matcher(text).find())
                || SECRET.matcher(text).find()) {
            return Optional.of("a secret");
        }
        return holdsCard(HEXADECIMAL.matcher(text).replaceAll("x")) ? Optional.of("a card number") : Optional.empty();
    }

    private static boolean holdsCard(String text) {
        Matcher digits = DIGITS.matcher(text);
        while (digits.find()) {
            if (isCard(bare(digits.group()))) {
                return true;
            }
        }
        return holdsCardOfAvro(text);
    }

    /** In Avro twice the length of a text stands before it, and what follows may look like one more digit. */
    private static boolean holdsCardOfAvro(String text) {
        for (int i = 0; i < text.length(); i++) {
            int length = text.charAt(i) / 2;
            int end = i + 1 + length;
            if (text.charAt(i) % 2 == 0
                    && length >= SHORTEST
                    && length <= LONGEST
                    && end <= text.length()
                    && mayBeNumber(text, i + 1, end)) {
                String number = bare(text.substring(i + 1, end));
                if (DIGITS.matcher(number).matches() && isCard(number)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Spaces and quotes are lengths, too, and stand everywhere in logs: what follows them is looked at without a pattern first. */
    private static boolean mayBeNumber(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != ' ' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static String bare(String number) {
        return GAPS.matcher(number).replaceAll("");
    }

    private static boolean isCard(String number) {
        return number.length() >= SHORTEST && number.length() <= LONGEST && luhn(number) % 10 == 0;
    }

    /** ISO/IEC 7812-1, annex B. */
    private static int luhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int twice = i % 2 == 0 ? digit : 2 * digit;
            sum += twice > 9 ? twice - 9 : twice;
        }
        return sum;
    }
}
