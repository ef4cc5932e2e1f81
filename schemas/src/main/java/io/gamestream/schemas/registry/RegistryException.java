package io.gamestream.schemas.registry;

import org.apache.kafka.common.KafkaException;

/** The registry answered, and refused. Trying again doesn't help; it is no fault of a record that is being read. */
public class RegistryException extends KafkaException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public RegistryException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP status: 401 and 403 for credentials, 409 for an incompatible schema, 422 for an invalid one. */
    public int status() {
        return status;
    }
}
