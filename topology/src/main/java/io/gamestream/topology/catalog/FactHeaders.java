package io.gamestream.topology.catalog;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads what change data capture tells beside a fact. */
final class FactHeaders {

    private static final String LSN = "lsn";

    private FactHeaders() {}

    /**
     * The LSN of the change.
     *
     * @throws BadFactException where it is missing or no LSN: without it, readers can't tell which state is newer
     */
    static long lsn(Headers headers) {
        Header header = headers.lastHeader(LSN);
        if (header == null || header.value() == null) {
            throw new BadFactException("header lsn is missing (expected: the change's LSN, decimal)");
        }
        String text = new String(header.value(), StandardCharsets.UTF_8);
        try {
            long lsn = Long.parseLong(text);
            if (lsn >= 0) {
                return lsn;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a negative one.
        }
        throw new BadFactException("header lsn: " + text + " (expected: the change's LSN, decimal)");
    }
}
