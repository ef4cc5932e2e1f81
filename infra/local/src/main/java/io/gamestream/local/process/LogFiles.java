package io.gamestream.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Logs that children write to without knowing it. */
final class LogFiles {

    private static final long MAX_BYTES = 16L << 20;

    private LogFiles() {}

    /** Makes the directory; puts a log that has grown large aside, so that two of them are kept at most. */
    static void prepare(Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        if (Files.exists(log) && Files.size(log) > MAX_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
