package io.gamestream.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the logs of running children small: a service that complains for days would fill the disk. */
final class LogTrimmer {

    private static final Logger LOG = LoggerFactory.getLogger(LogTrimmer.class);

    /** One look at a size; a child that writes as fast as a disk does has written a gigabyte meanwhile. */
    private static final long LOOK_EVERY_MS = 2_000;

    private LogTrimmer() {}

    /** From now on until the process has ended. */
    static void watch(Path log, Process process) {
        CompletableFuture.delayedExecutor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS).execute(() -> {
            if (process.isAlive()) {
                trim(log);
                watch(log, process);
            }
        });
    }

    private static void trim(Path log) {
        try {
            LogFiles.trim(log, LogFiles.MAX_BYTES);
        } catch (IOException e) {
            // The disk is full, say: the next look may have more luck.
            LOG.warn("{} can't be made smaller", log, e);
        }
    }
}
