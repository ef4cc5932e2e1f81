package io.gamestream.topology.payment;

import io.gamestream.schemas.payments.OrderCommand;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Commands with the position in the database's log that they came with. */
final class AskedReader extends ContextualFixedKeyProcessor<String, OrderCommand, PaymentInput> {

    private static final String LSN = "lsn";

    @Override
    public void process(FixedKeyRecord<String, OrderCommand> command) {
        if (command.value() == null) {
            throw new BadRecordException("a command without a value");
        }
        context().forward(command.withValue(new PaymentInput.Asked(command.value(), lsn(command.headers()))));
    }

    /** 0 where there is none: commands may also be written by hand. */
    private static long lsn(Headers headers) {
        Header header = headers.lastHeader(LSN);
        if (header == null || header.value() == null) {
            return 0;
        }
        try {
            return Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
