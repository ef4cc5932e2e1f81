package io.gamestream.cdc.capture;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.engine.spi.OffsetCommitPolicy;
import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.position.CommittedOffsets;
import io.gamestream.runtime.connection.PostgresSettings;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the engine. Not to be run twice. */
final class Capture {

    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);

    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final String capture;

    Capture(CdcSettings settings, PostgresSettings postgres, Prepared prepared, String capture, BatchHandler handler) {
        this.capture = capture;
        Properties properties = EngineProperties.of(settings, postgres, capture, settings.captured(), prepared);
        this.engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(properties)
                .using(OffsetCommitPolicy.always())
                .using(this::completed)
                .notifying(handler)
                .build();
    }

    private void completed(boolean success, @Nullable String message, @Nullable Throwable e) {
        if (!success) {
            failure.compareAndSet(null, e == null ? new IllegalStateException(message) : e);
        }
    }

    /** Runs until {@link #stop} or a failure, which it throws as the engine has wrapped it. */
    void run() throws EngineFailure {
        try {
            engine.run();
        } finally {
            CommittedOffsets.forget(capture);
        }
        Throwable e = failure.get();
        if (e != null) {
            throw new EngineFailure(e);
        }
    }

    /** Why the engine has ended; the cause is what matters. */
    static final class EngineFailure extends Exception {

        private static final long serialVersionUID = 1L;

        EngineFailure(Throwable cause) {
            super(cause);
        }
    }

    /** Ends the engine because of something that it doesn't see. */
    void fail(Throwable reason) {
        failure.compareAndSet(null, reason);
        stop();
    }

    /** Asks the engine to end; it refuses while it starts, so this asks again. */
    void stop() {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                engine.close();
                return;
            } catch (IllegalStateException e) {
                String message = String.valueOf(e.getMessage());
                if (!message.contains("tasks are starting")) {
                    return;
                }
            } catch (IOException e) {
                LOG.warn("the engine did not stop cleanly: {}", e.toString());
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
