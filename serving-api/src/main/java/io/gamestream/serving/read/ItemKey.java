package io.gamestream.serving.read;

import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** The key that an id is in Kafka. */
public final class ItemKey {

    static final int MAX_CHARS = 256;

    private final byte[] bytes;
    private final int hash;

    private ItemKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Utils.murmur2(bytes);
    }

    /** UTF-8; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Kafka's own, which decides the partition. */
    int hash() {
        return hash;
    }

    /**
     * Refuses what can't be an id of ours.
     *
     * @throws ProblemException that says why
     */
    public static void check(String id) {
        of(id);
    }

    /**
     * The key of an id.
     *
     * @throws ProblemException for what can't be an id of ours
     */
    static ItemKey of(String id) {
        int length = id.length();
        if (length == 0 || length > MAX_CHARS) {
            throw refused("an id of " + length + " characters (expected: 1 to " + MAX_CHARS + ")");
        }
        boolean ascii = true;
        for (int i = 0; i < length; i++) {
            char c = id.charAt(i);
            if (Character.isISOControl(c)) {
                throw refused("an id with a control character at " + i + " (expected: printable characters)");
            }
            ascii &= c < 0x80;
        }
        return new ItemKey(id.getBytes(ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.badParameter("id", detail));
    }
}
