package io.gamestream.topology.streams;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/** Records whose bytes mean nothing: to the dead letters, and on. */
public final class UnreadableRecords extends LogAndContinueExceptionHandler {

    private DeadLetterPolicy policy = DeadLetterPolicy.of(Map.of());

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return policy.condemns(exception, "deserialization")
                ? super.handleError(context, record, exception)
                : Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        super.configure(configs);
        policy = DeadLetterPolicy.of(configs);
    }
}
