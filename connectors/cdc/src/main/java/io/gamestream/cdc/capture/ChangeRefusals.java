package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings.OnTruncate;
import io.gamestream.cdc.CdcSettings.OnUnmappable;
import io.gamestream.cdc.mapping.UnmappableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;

/** What becomes of changes that can't be written as they are: by default nothing goes on, so that nothing is skipped. */
final class ChangeRefusals implements RowWriter.Refusals {

    private final OnUnmappable onUnmappable;
    private final OnTruncate onTruncate;
    private final String deadLetters;
    private final Emitter emitter;
    private final Ledger ledger;
    private final Sweeper sweeper;
    private final CaptureStats stats;
    private final JsonConverter json = new JsonConverter();

    ChangeRefusals(
            OnUnmappable onUnmappable,
            OnTruncate onTruncate,
            String deadLetters,
            Emitter emitter,
            Ledger ledger,
            Sweeper sweeper,
            CaptureStats stats) {
        this.onUnmappable = onUnmappable;
        this.onTruncate = onTruncate;
        this.deadLetters = deadLetters;
        this.emitter = emitter;
        this.ledger = ledger;
        this.sweeper = sweeper;
        this.stats = stats;
        json.configure(Map.of("schemas.enable", false), false);
    }

    @Override
    public void unmappable(ChangeSink sink, SourceRecord record, Change change, RuntimeException reason) {
        // A contract that doesn't fit the table any more is no matter of single rows.
        if (onUnmappable == OnUnmappable.DEAD_LETTER && reason instanceof UnmappableException) {
            deadLetter(sink, record, change, String.valueOf(reason.getMessage()));
            return;
        }
        // A row that a snapshot has read is in no transaction.
        String before = change.op() == 'r' ? "" : "everything before its transaction is in Kafka, ";
        throw new CaptureException(
                reason.getMessage() + ". Change '" + change.op() + "' at LSN " + change.lsn() + "; " + before
                        + "nothing is lost. "
                        + remedy(reason, sink.table()),
                reason);
    }

    /** The log keeps each change in the shape that its table had then: to mend the table alone doesn't help. */
    private static String remedy(RuntimeException reason, String table) {
        return reason instanceof UnmappableException
                ? "Change the contract so that it takes the value, or set cdc.on-unmappable = dead-letter, and start"
                        + " again"
                : "Change the contract so that it takes the table as it is now and start again; or mend the table and read"
                        + " it again: ./backbone cdc reset --table " + table + " --yes";
    }

    private void deadLetter(ChangeSink sink, SourceRecord record, Change change, String reason) {
        List<Header> headers = List.of(
                text("dead-letter.table", sink.table()),
                text("dead-letter.topic", sink.topic()),
                text("dead-letter.reason", reason));
        byte[] key = json.fromConnectData(record.topic(), record.keySchema(), record.key());
        byte[] value = json.fromConnectData(record.topic(), record.valueSchema(), record.value());
        emitter.put(deadLetters, key, value, change, headers);
        stats.deadLetters.increment();
    }

    @Override
    public void truncated(ChangeSink sink, Change change) {
        String table = sink.table();
        if (!(sink instanceof TableSink)) {
            // Of an outbox: its events are sent and stay so.
            return;
        }
        if (onTruncate == OnTruncate.STOP) {
            throw new CaptureException("table " + table + " was truncated at LSN " + change.lsn()
                    + ". Readers would keep its rows for ever. Set cdc.on-truncate = tombstones to remove them from "
                    + sink.topic() + ", and start again");
        }
        // What the same transaction wrote before is to be removed too, and only what is committed is found.
        ledger.cut(1);
        sweeper.removeAll(sink.topic(), change, () -> ledger.cut(1));
    }

    private static Header text(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
