package io.gamestream.local.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Logs that children write to without knowing it, so they can't be told to go on in another file. */
final class LogFiles {

    /** A log may be so large, and as much again for each old one that is kept. */
    static final long MAX_BYTES = 16L << 20;

    private static final int KEPT = 2;

    private LogFiles() {}

    /** Makes the directory; puts a log that has grown large aside. */
    static void prepare(Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        trim(log, MAX_BYTES);
    }

    /**
     * Copies a log that has grown large aside, as {@code .1}, and empties it: whoever appends to it goes on at its new end.
     * What is written in the moment between the two is lost; a pipe through us would lose nothing, and would break when we die.
     */
    static void trim(Path log, long maxBytes) throws IOException {
        if (!Files.exists(log) || Files.size(log) <= maxBytes) {
            return;
        }
        for (int i = KEPT; i > 1; i--) {
            Path younger = old(log, i - 1);
            if (Files.exists(younger)) {
                Files.move(younger, old(log, i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (FileChannel from = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel to = FileChannel.open(
                        old(log, 1),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            long copied = 0;
            // The file grows meanwhile.
            while (copied < from.size()) {
                copied += from.transferTo(copied, from.size() - copied, to);
            }
            from.truncate(0);
        }
    }

    private static Path old(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }
}
