package io.gamestream.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a log, for messages about a process that has died. */
public final class LogTail {

    private static final int MAX_BYTES = 16_384;

    private LogTail() {}

    /** At most that many last lines, indented; says so where there is nothing. */
    public static String of(Path log, int lines) {
        try {
            if (!Files.exists(log) || Files.size(log) == 0) {
                return "  (" + log + " is empty)";
            }
            List<String> all = lastBytes(log).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size()).stream()
                    .map(line -> "  " + line)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "  (" + log + " can't be read: " + e.getMessage() + ")";
        }
    }

    private static String lastBytes(Path log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - MAX_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
