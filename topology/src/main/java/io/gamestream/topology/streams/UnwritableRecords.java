package io.gamestream.topology.streams;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Results that can't be serialized: the record that gave them goes to the dead letters. Results that the broker refuses stop
 * the application, as by default, since a transaction can't go on without them.
 */
public final class UnwritableRecords extends DefaultProductionExceptionHandler {

    private DeadLetterPolicy policy = DeadLetterPolicy.of(Map.of());

    @Override
    @SuppressWarnings("rawtypes") // as in the interface
    public Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        if (!policy.condemns(exception, "production")) {
            return Response.fail();
        }
        Response failure = super.handleSerializationError(context, record, exception, origin);
        return Response.resume(failure.deadLetterQueueRecords());
    }

    @Override
    public void configure(Map<String, ?> configs) {
        super.configure(configs);
        policy = DeadLetterPolicy.of(configs);
    }
}
