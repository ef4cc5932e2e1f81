package io.gamestream.serving.changes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.views.AccountView;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.LibraryItem;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.schemas.views.UserView;
import io.gamestream.serving.GameTitles;
import io.gamestream.serving.log.DeleteVersion;
import io.gamestream.serving.log.RecordReader;
import io.gamestream.serving.render.AccountJson;
import io.gamestream.serving.render.GameJson;
import io.gamestream.serving.render.OrderJson;
import io.gamestream.serving.render.PaymentJson;
import io.gamestream.serving.render.SalesJson;
import io.gamestream.serving.render.UserJson;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * From a record of a view's topic to the event that clients get: key, version and time of the change, then what a read of the item
 * answers. Used by one thread.
 */
final class ChangeRenderer {

    private static final JsonFactory JSON = new JsonFactory();

    private final Deserializer<SpecificRecord> values;
    private final GameTitles titles;
    private final RecordReader reader;

    ChangeRenderer(Deserializer<SpecificRecord> values, GameTitles titles, Counter unreadable) {
        this.values = values;
        this.titles = titles;
        this.reader = new RecordReader("changes", unreadable);
    }

    /** One that can't be read becomes a change without an event. */
    Change render(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        return reader.read(record, () -> new Change(record.partition(), record.offset(), record.key(), event(record)))
                .orElseGet(() -> new Change(record.partition(), record.offset(), null, null));
    }

    private Buffer event(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value();
        SpecificRecord item = value == null ? null : values.deserialize(record.topic(), record.headers(), value);
        ByteArrayOutputStream out = new ByteArrayOutputStream(640);
        out.writeBytes(ascii(item == null ? "event: delete\ndata: " : "event: upsert\ndata: "));
        byte[] head = head(record, item == null ? DeleteVersion.of(record.headers()) : version(item));
        if (item == null) {
            out.writeBytes(head);
        } else {
            out.write(head, 0, head.length - 1);
            out.write(',');
            out.writeBytes(members(item));
        }
        out.writeBytes(ascii("\n\n"));
        return Buffer.buffer(out.toByteArray());
    }

    private static byte[] head(ConsumerRecord<String, byte[]> record, @Nullable Long version) {
        return object(json -> {
            json.writeStringField("key", record.key());
            if (version != null) {
                json.writeNumberField("version", version);
            }
            json.writeStringField(
                    "changedAt", Instant.ofEpochMilli(record.timestamp()).toString());
        });
    }

    private byte[] members(SpecificRecord item) {
        if (item instanceof GameView game) {
            return GameJson.render(game);
        } else if (item instanceof UserView user) {
            return UserJson.render(user);
        } else if (item instanceof OrderView order) {
            return OrderJson.render(order);
        } else if (item instanceof SalesView sales) {
            return SalesJson.render(sales);
        } else if (item instanceof PaymentView payment) {
            return PaymentJson.render(payment);
        } else if (item instanceof AccountView account) {
            return AccountJson.render(account);
        } else if (item instanceof LibraryView library) {
            return library(library);
        }
        throw new IllegalArgumentException("a record of " + item.getSchema().getFullName() + " (expected: a view)");
    }

    private static long version(SpecificRecord item) {
        if (item instanceof PaymentView payment) {
            return payment.getSeq();
        } else if (item instanceof AccountView account) {
            return account.getPostings();
        }
        return (Long) item.get(item.getSchema().getField("version").pos());
    }

    /** All items, where the point read has pages. */
    private byte[] library(LibraryView library) {
        byte[] object = object(json -> {
            json.writeNumberField("total", library.getItems().size());
            json.writeArrayFieldStart("items");
            for (LibraryItem item : library.getItems()) {
                json.writeStartObject();
                json.writeStringField("gameId", item.getGameId());
                json.writeStringField("title", titles.title(item.getGameId()));
                json.writeStringField("orderId", item.getOrderId());
                json.writeStringField("acquiredAt", item.getAcquiredAt().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        return Arrays.copyOfRange(object, 1, object.length);
    }

    private static byte[] object(Members members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }
}
