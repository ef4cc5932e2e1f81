package io.gamestream.topology.streams;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/** Records that a processor refuses: to the dead letters, and on. */
public final class UnprocessableRecords extends LogAndContinueProcessingExceptionHandler {

    private DeadLetterPolicy policy = DeadLetterPolicy.of(Map.of());

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        return policy.condemns(exception, "processing")
                ? super.handleError(context, record, exception)
                : Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        super.configure(configs);
        policy = DeadLetterPolicy.of(configs);
    }
}
