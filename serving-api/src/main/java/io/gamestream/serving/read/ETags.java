package io.gamestream.serving.read;

import org.jspecify.annotations.Nullable;

/** Entity tags from versions, and what a client that has one sends (RFC 9110, 13.1.2). */
final class ETags {

    private static final int HEX = 16;

    private ETags() {}

    static String of(long version) {
        return "W/\"" + Long.toString(version, HEX) + '"';
    }

    static String of(long version, long other) {
        return "W/\"" + Long.toString(version, HEX) + '-' + Long.toString(other, HEX) + '"';
    }

    /** Whether the client has this very item. Compares weakly, as If-None-Match does. */
    static boolean matches(@Nullable String ifNoneMatch, String etag) {
        if (ifNoneMatch == null) {
            return false;
        }
        String header = ifNoneMatch.trim();
        if (header.equals(etag) || header.equals("*")) {
            return true;
        }
        String opaque = opaque(etag);
        int at = 0;
        while (at < header.length()) {
            int comma = header.indexOf(',', at);
            int end = comma < 0 ? header.length() : comma;
            if (opaque(header.substring(at, end).trim()).equals(opaque)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }
}
