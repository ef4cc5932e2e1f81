package io.gamestream.cdc.capture;

import io.gamestream.cdc.source.PublicationCheck;
import io.gamestream.cdc.source.SourceDatabase;
import io.gamestream.cdc.source.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Ends the capture soon after the publication has stopped to send a table: nothing else would tell of it. */
final class PublicationWatch implements Heart.Beat {

    /** A query of a few hundred microseconds. */
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final String publication;
    private final List<TableName> tables;
    private final BooleanSupplier streamed;
    private long lastNanos = System.nanoTime();

    PublicationWatch(String publication, Collection<TableName> tables, BooleanSupplier streamed) {
        this.publication = publication;
        this.tables = List.copyOf(tables);
        this.streamed = streamed;
    }

    @Override
    public void beat(SourceDatabase database) throws SQLException {
        // The engine makes or alters the publication before it streams.
        if (streamed.getAsBoolean() && System.nanoTime() - lastNanos > EVERY.toNanos()) {
            lastNanos = System.nanoTime();
            PublicationCheck.requireWhole(database, publication, tables);
        }
    }
}
