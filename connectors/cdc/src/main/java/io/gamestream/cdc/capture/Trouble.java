package io.gamestream.cdc.capture;

import io.gamestream.cdc.mapping.MappingException;
import io.gamestream.cdc.mapping.UnmappableException;
import io.gamestream.cdc.position.Progress;
import io.gamestream.cdc.source.SourceException;
import io.gamestream.runtime.settings.SettingsException;
import io.gamestream.schemas.registry.RegistryUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, and whether waiting helps.
 *
 * @param kind what to do
 * @param message for the operator
 */
record Trouble(Kind kind, String message, Throwable cause) {

    /** What to do about it. */
    enum Kind {
        /** A server is away or restarting: wait and go on. */
        PASSING,
        /** Not understood: worth a few tries. */
        UNKNOWN,
        /** Waiting can't help. */
        FATAL
    }

    boolean fenced() {
        return cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException;
    }

    Trouble passing(String reason) {
        return new Trouble(Kind.PASSING, reason, cause);
    }

    static Trouble of(Throwable e, String slot) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            Trouble known = known(cause, slot);
            if (known != null) {
                return known;
            }
        }
        Throwable root = root(e);
        return new Trouble(Kind.UNKNOWN, describe(root), e);
    }

    private static @Nullable Trouble known(Throwable e, String slot) {
        if (e instanceof CaptureException
                || e instanceof MappingException
                || e instanceof UnmappableException
                || e instanceof SourceException
                || e instanceof SettingsException
                || e instanceof LinkageError) {
            return new Trouble(Kind.FATAL, describe(e), e);
        }
        if (e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException) {
            return new Trouble(Kind.FATAL, takenOver(slot), e);
        }
        if (e instanceof AuthenticationException || e instanceof AuthorizationException) {
            return new Trouble(Kind.FATAL, "Kafka refuses: " + describe(e), e);
        }
        if (e instanceof RecordTooLargeException) {
            return new Trouble(
                    Kind.FATAL,
                    "a row is larger than Kafka takes: " + describe(e)
                            + ". Raise max.message.bytes of the topic and max.request.size"
                            + " (cdc.transaction.properties)",
                    e);
        }
        if (e instanceof SQLException sql) {
            return ofDatabase(sql);
        }
        if (e instanceof RetriableException
                || e instanceof RegistryUnavailableException
                || e instanceof org.apache.kafka.connect.errors.RetriableException
                || e instanceof IOException
                || e instanceof TimeoutException) {
            return new Trouble(Kind.PASSING, describe(e), e);
        }
        return null;
    }

    /** By another capture, or by an operator. */
    static String takenOver(String slot, String instance) {
        return instance.equals(Progress.RESET)
                ? "slot " + slot + " has been set back (./backbone cdc reset); this capture stops. Start it again"
                : takenOver(slot);
    }

    static String takenOver(String slot) {
        return "another capture has taken over slot " + slot + " (same transactional.id cdc-" + slot
                + "); this one stops. Two captures need two slots (cdc.slot, cdc.publication)";
    }

    private static @Nullable Trouble ofDatabase(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        String message = describe(e);
        if (message.contains("is active for PID")) {
            return new Trouble(Kind.PASSING, message, e);
        }
        if (state.startsWith("28") || state.equals("3D000")) {
            return new Trouble(
                    Kind.FATAL, "Postgres refuses the connection (postgres.user, .password, .database): " + message, e);
        }
        if (state.equals("42501")) {
            return new Trouble(
                    Kind.FATAL,
                    "the user of the capture lacks a right: " + message
                            + ". It needs LOGIN, REPLICATION, SELECT on the captured tables, and for its publication either"
                            + " to own the tables or that an owner creates it: CREATE PUBLICATION ... FOR TABLE ...",
                    e);
        }
        // 08: connection, 53: resources, 57: operator intervention, 58: system, XX: internal, 55P03: lock_timeout
        if (state.isEmpty() || state.matches("(08|53|57|58|XX|55P03).*")) {
            return new Trouble(Kind.PASSING, message, e);
        }
        return null;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String describe(Throwable e) {
        String message = e.getMessage();
        String text = message == null ? e.getClass().getSimpleName() : message;
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
