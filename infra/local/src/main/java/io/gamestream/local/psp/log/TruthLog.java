package io.gamestream.local.psp.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;

/**
 * Everything that the simulator ever did: one JSON object per line, appended before anybody is answered. What was written
 * survives the death of the process; a half-written last line is cut off at the next start. Whoever wants to know how often
 * a player was really charged reads this file and nothing of ours. Not thread-safe.
 */
public final class TruthLog implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();
    private static final int READ_BUFFER = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private long end;

    private TruthLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the log and reads all of it.
     *
     * @param onEntry is given each entry with its place, oldest first
     * @throws IllegalStateException where another process has it, or a line in it is no entry
     */
    public static TruthLog open(Path file, BiConsumer<Entry, Ref> onEntry) {
        try {
            Path dir = file.toAbsolutePath().getParent();
            if (dir != null) {
                Files.createDirectories(dir);
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            TruthLog log = new TruthLog(file, channel);
            try {
                log.lock();
                log.replay(onEntry);
                return log;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the truth log " + file + " can't be opened: " + e.getMessage(), e);
        }
    }

    /** Reads a log that another process may be writing: whole lines only. */
    public static void read(Path file, BiConsumer<Entry, Ref> onEntry) {
        try (InputStream in = Files.newInputStream(file)) {
            scan(file, in, onEntry);
        } catch (IOException e) {
            throw new UncheckedIOException("the truth log " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    public Path file() {
        return file;
    }

    /** Bytes. */
    public long size() {
        return end;
    }

    /** Appends an entry; it is there when this returns. */
    public Ref append(Entry entry) {
        try {
            byte[] json = MAPPER.writeValueAsBytes(entry);
            ByteBuffer line = ByteBuffer.allocate(json.length + 1)
                    .put(json)
                    .put((byte) '\n')
                    .flip();
            long at = end;
            try {
                while (line.hasRemaining()) {
                    at += channel.write(line, at);
                }
            } catch (IOException e) {
                // A part of a line in the middle would make the rest unreadable.
                channel.truncate(end);
                throw e;
            }
            Ref ref = new Ref(end, json.length);
            end = at;
            return ref;
        } catch (IOException e) {
            throw new UncheckedIOException("the truth log " + file + " can't be written: " + e.getMessage(), e);
        }
    }

    /** The entry at a place that {@link #append} or {@link #open} has named. */
    public Entry read(Ref ref) {
        ByteBuffer bytes = ByteBuffer.allocate(ref.length());
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, ref.offset() + bytes.position()) < 0) {
                    throw new IllegalStateException("the truth log " + file + " ends before " + ref);
                }
            }
            return MAPPER.readValue(bytes.array(), Entry.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the truth log " + file + " can't be read at " + ref + ": " + e, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void lock() throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IllegalStateException(
                    "the truth log " + file
                            + " is in use by another PSP simulator; stop that one or set local.psp.data-dir to another directory");
        }
    }

    private void replay(BiConsumer<Entry, Ref> onEntry) throws IOException {
        // Not closed: that would close the channel's file too, and with it the lock.
        end = scan(file, Channels.newInputStream(channel.position(0)), onEntry);
        if (channel.size() > end) {
            channel.truncate(end);
        }
    }

    /** Returns where the last whole line ends. */
    private static long scan(Path file, InputStream raw, BiConsumer<Entry, Ref> onEntry) throws IOException {
        InputStream in = new BufferedInputStream(raw, READ_BUFFER);
        ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
        long start = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b != '\n') {
                line.write(b);
                continue;
            }
            Ref ref = new Ref(start, line.size());
            onEntry.accept(parse(file, line.toByteArray(), start), ref);
            start += line.size() + 1L;
            line.reset();
        }
        return start;
    }

    private static Entry parse(Path file, byte[] line, long offset) throws IOException {
        try {
            return MAPPER.readValue(line, Entry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the truth log " + file + " is damaged at byte " + offset + ": " + e.getOriginalMessage()
                            + "; move the file away to begin anew",
                    e);
        }
    }
}
