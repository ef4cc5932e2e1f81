package io.gamestream.schemas.registry;

import org.apache.kafka.common.errors.RetriableException;

/**
 * No registry answered in time. It is no fault of a record that is being read: whoever sets poison records aside must
 * stop or wait instead, or good records end as dead letters.
 */
public class RegistryUnavailableException extends RetriableException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
