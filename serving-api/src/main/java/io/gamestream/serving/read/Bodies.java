package io.gamestream.serving.read;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Puts {@code asOf} in front of the members that a view has ready. */
final class Bodies {

    private static final byte[] OPEN = "{\"asOf\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "\",".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNKNOWN = "{\"asOf\":null,".getBytes(StandardCharsets.US_ASCII);
    private static final int KNOWN_LENGTH = OPEN.length + AsOf.CHARS + CLOSE.length;

    private Bodies() {}

    /**
     * @param asOfMillis 0 where it is unknown
     * @param members from {@code from} to {@code to}, without the opening brace
     */
    static Buffer of(long asOfMillis, byte[] members, int from, int to) {
        byte[] body = new byte[headLength(asOfMillis) + to - from];
        int at = head(asOfMillis, body, 0);
        System.arraycopy(members, from, body, at, to - from);
        return Buffer.buffer(body);
    }

    static int headLength(long asOfMillis) {
        return asOfMillis == 0 ? UNKNOWN.length : KNOWN_LENGTH;
    }

    /** Writes the brace and {@code asOf}; returns where the members go. */
    static int head(long asOfMillis, byte[] to, int start) {
        if (asOfMillis == 0) {
            System.arraycopy(UNKNOWN, 0, to, start, UNKNOWN.length);
            return start + UNKNOWN.length;
        }
        System.arraycopy(OPEN, 0, to, start, OPEN.length);
        AsOf.write(asOfMillis, to, start + OPEN.length);
        System.arraycopy(CLOSE, 0, to, start + OPEN.length + AsOf.CHARS, CLOSE.length);
        return start + KNOWN_LENGTH;
    }
}
