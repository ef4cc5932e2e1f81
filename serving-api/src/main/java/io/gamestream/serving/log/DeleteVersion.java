package io.gamestream.serving.log;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A tombstone has no fields: which version of the row it deletes is in the header that change data capture gives it. */
public final class DeleteVersion {

    private static final String LSN = "lsn";

    private DeleteVersion() {}

    /** The LSN of the deletion; null where it isn't told or is no number. */
    public static @Nullable Long of(Headers headers) {
        Header lsn = headers.lastHeader(LSN);
        if (lsn == null || lsn.value() == null) {
            return null;
        }
        try {
            return Long.valueOf(new String(lsn.value(), StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
