package io.gamestream.serving.view;

import io.gamestream.schemas.registry.RegistryException;
import io.gamestream.schemas.registry.RegistryUnavailableException;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/** A record that can't be read goes to the dead letters (KIP-1034); what is no fault of the record stops the thread instead. */
public final class ViewExceptionHandler implements ProcessingExceptionHandler {

    private final LogAndContinueProcessingExceptionHandler setAside = new LogAndContinueProcessingExceptionHandler();

    @Override
    public void configure(Map<String, ?> configs) {
        setAside.configure(configs);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        return exception instanceof RegistryUnavailableException || exception instanceof RegistryException
                ? Response.fail()
                : setAside.handleError(context, record, exception);
    }
}
