package io.gamestream.cdc.capture;

import org.apache.kafka.connect.source.SourceRecord;

/** A change that can't be written stops the capture: nothing is skipped. */
final class StoppingRefusals implements RowWriter.Refusals {

    @Override
    public void unmappable(SourceRecord record, Change change, RuntimeException reason) {
        throw new CaptureException(
                reason.getMessage() + ". Change " + change.op() + " at LSN " + change.lsn()
                        + "; everything before its transaction is in Kafka. Mend the table or the contract and start"
                        + " again, or set cdc.on-unmappable = dead-letter",
                reason);
    }

    @Override
    public void truncated(RowWriter.Route route, Change change) {
        throw new CaptureException("table " + route.mapping().contract().table() + " was truncated at LSN "
                + change.lsn() + ". Readers would keep its rows for ever. Set cdc.on-truncate = tombstones to remove"
                + " them from " + route.topic() + ", and start again");
    }
}
