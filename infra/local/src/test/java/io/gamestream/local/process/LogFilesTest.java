package io.gamestream.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

    @TempDir
    Path dir;

    @Test
    void aLargeLogIsCopiedAsideAndTwoOldOnesAreKept() throws IOException {
        Path log = dir.resolve("x.log");
        for (String content : List.of("first", "second", "third", "4")) {
            Files.writeString(log, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            LogFiles.trim(log, 3);
        }
        assertThat(log).hasContent("4");
        assertThat(dir.resolve("x.log.1")).hasContent("third");
        assertThat(dir.resolve("x.log.2")).hasContent("second");
        assertThat(dir.resolve("x.log.3")).doesNotExist();
    }

    @Test
    void theLogOfARunningChildStaysSmallAndGoesOn() throws Exception {
        long large = LogFiles.MAX_BYTES + 1;
        String script = "head -c " + large + " /dev/zero; while [ -s '" + dir.resolve("x.log")
                + "' ]; do sleep 0.1; done; echo on; sleep 100; : " + dir;
        try (ChildProcess child = ChildProcess.start(
                ChildProcess.Spec.of("child", List.of("sh", "-c", script), dir, dir.resolve("x.log")))) {
            await().until(() -> Files.size(child.log()) == "on\n".length());
            assertThat(child.log()).hasContent("on");
            assertThat(dir.resolve("x.log.1")).hasSize(large);
        }
    }
}
