package io.gamestream.serving.render;

import io.gamestream.schemas.views.LibraryItem;
import io.gamestream.schemas.views.LibraryView;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A user's library in a form that a page can be taken out of without decoding the rest: per item its time, then game and order
 * id. Newest first, games acquired at one moment by id, so that a cursor has one place.
 */
public final class LibraryItems {

    /** One game that the user owns. */
    public record Item(long acquiredAtMicros, String gameId, String orderId) implements Comparable<Item> {

        @Override
        public int compareTo(Item other) {
            int newerFirst = Long.compare(other.acquiredAtMicros, acquiredAtMicros);
            return newerFirst != 0 ? newerFirst : gameId.compareTo(other.gameId);
        }

        public Instant acquiredAt() {
            return Instant.EPOCH.plus(acquiredAtMicros, ChronoUnit.MICROS);
        }
    }

    /**
     * Some items in order.
     *
     * @param more whether there are more after them
     * @param total of the whole library
     */
    public record Page(List<Item> items, boolean more, int total) {

        public Page {
            items = List.copyOf(items);
        }
    }

    private LibraryItems() {}

    /** Never empty, not even for a library without games. */
    public static byte[] encode(LibraryView library) {
        List<Item> items = new ArrayList<>(library.getItems().size());
        for (LibraryItem item : library.getItems()) {
            items.add(new Item(
                    ChronoUnit.MICROS.between(Instant.EPOCH, item.getAcquiredAt()),
                    item.getGameId(),
                    item.getOrderId()));
        }
        items.sort(Comparator.naturalOrder());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 + items.size() * 32);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(items.size());
            for (Item item : items) {
                out.writeLong(item.acquiredAtMicros());
                write(out, item.gameId());
                write(out, item.orderId());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The items after a place.
     *
     * @param encoded where the items begin at {@code offset}
     * @param after {@link LibraryCursor#START} for the first page; the item need not be in the library any more
     */
    public static Page page(byte[] encoded, int offset, LibraryCursor after, int limit) {
        ByteBuffer in = ByteBuffer.wrap(encoded, offset, encoded.length - offset);
        int total = in.getInt();
        List<Item> items = new ArrayList<>(Math.min(limit, total));
        for (int i = 0; i < total; i++) {
            Item item = new Item(in.getLong(), read(in), read(in));
            if (after.isBefore(item)) {
                if (items.size() == limit) {
                    return new Page(items, true, total);
                }
                items.add(item);
            }
        }
        return new Page(items, false, total);
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xFFFF) {
            throw new IllegalArgumentException("id of " + utf8.length + " bytes (expected: <= 65535)");
        }
        out.writeShort(utf8.length);
        out.write(utf8);
    }

    private static String read(ByteBuffer in) {
        int length = in.getShort() & 0xFFFF;
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
