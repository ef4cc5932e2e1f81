package io.gamestream.serving.search;

import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.serving.log.DeleteVersion;
import io.gamestream.serving.log.FeedTarget;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.lucene.store.AlreadyClosedException;

/** Writes records of the game and sales views into the index. Used by one thread. */
final class CatalogWriter implements FeedTarget {

    private final CatalogIndex index;
    private final String gamesTopic;
    private final Deserializer<GameView> games;
    private final Deserializer<SalesView> sales;
    private final Counter changes;
    private final Counter unreadable;
    private final Timer refreshes;

    CatalogWriter(
            CatalogIndex index,
            String gamesTopic,
            Deserializer<GameView> games,
            Deserializer<SalesView> sales,
            MeterRegistry meters) {
        this.index = index;
        this.gamesTopic = gamesTopic;
        this.games = games;
        this.sales = sales;
        this.changes = Counter.builder("serving.search.changes")
                .description("Records applied to the catalogue's index")
                .register(meters);
        this.unreadable = Counter.builder("serving.search.unreadable")
                .description("Records that could not be read and are not in the catalogue's index")
                .register(meters);
        this.refreshes = Timer.builder("serving.search.refresh")
                .description("Making changes visible to searches")
                .register(meters);
        Gauge.builder("serving.search.games", index.games(), GameTable::size)
                .description("Games in the catalogue's index")
                .register(meters);
    }

    @Override
    public void write(ConsumerRecord<String, byte[]> record) throws IOException {
        try {
            apply(record);
            changes.increment();
        } catch (AlreadyClosedException e) {
            throw new IOException("the index can't be written to", e);
        }
    }

    @Override
    public void refresh() throws IOException {
        long start = System.nanoTime();
        index.refresh();
        refreshes.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    @Override
    public Counter unreadable() {
        return unreadable;
    }

    private void apply(ConsumerRecord<String, byte[]> record) throws IOException {
        String id = Objects.requireNonNull(record.key(), "a view's record has a key");
        byte[] value = record.value();
        if (record.topic().equals(gamesTopic)) {
            if (value == null) {
                index.delete(id, DeleteVersion.of(record.headers()));
            } else {
                index.put(games.deserialize(record.topic(), record.headers(), value));
            }
        } else {
            index.setUnits(
                    id,
                    value == null
                            ? 0
                            : sales.deserialize(record.topic(), record.headers(), value)
                                    .getUnits());
        }
    }

    @Override
    public String toString() {
        return "catalogue's index with " + index.games().size() + " games from " + (long) changes.count() + " records";
    }
}
