package io.gamestream.cdc.capture;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The headers of a fact: operation, LSN of the change, commit LSN, commit time. All are UTF-8 text. */
final class ChangeHeaders {

    private long commitLsn = -1;
    private Header commitLsnHeader = text("commit-lsn", "");
    private long sourceMicros = -1;
    private Header sourceTsHeader = text("source-ts", "");
    private long lsn = -1;
    private Header lsnHeader = text("lsn", "");

    private static final Header[] OPERATIONS = new Header[128];

    static {
        for (char op : new char[] {'r', 'c', 'u', 'd'}) {
            OPERATIONS[op] = text("op", String.valueOf(op));
        }
    }

    /** Of one change; most headers are those of the change before. */
    List<Header> of(char op, long changeLsn, long transactionLsn, long micros) {
        if (changeLsn != lsn) {
            lsn = changeLsn;
            lsnHeader = text("lsn", Long.toString(changeLsn));
        }
        if (transactionLsn != commitLsn) {
            commitLsn = transactionLsn;
            commitLsnHeader = text("commit-lsn", Long.toString(transactionLsn));
        }
        if (micros != sourceMicros) {
            sourceMicros = micros;
            sourceTsHeader = text("source-ts", Long.toString(micros));
        }
        return List.of(OPERATIONS[op], lsnHeader, commitLsnHeader, sourceTsHeader);
    }

    private static Header text(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
