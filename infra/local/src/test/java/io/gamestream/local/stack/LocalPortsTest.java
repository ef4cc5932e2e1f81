package io.gamestream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.local.testing.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPortsTest {

    @Test
    void noConnectionTakesAPortBeforeSomebodyListensOnIt() {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            int port = LocalPorts.free();
            assertThat(port).isBetween(1024, 32_767);
            assertThat(given.add(port)).as("port %s was given twice", port).isTrue();
        }
    }

    @Test
    void noTwoJvmsGetTheSamePort() throws Exception {
        List<Process> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(ChildJvm.of(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"), Taker.class, "30")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        try {
            List<String> given = new ArrayList<>();
            for (Process other : others) {
                String line = other.inputReader().readLine();
                assertThat(line).isNotNull();
                given.addAll(List.of(line.split(" ")));
            }
            assertThat(given).hasSize(120).doesNotHaveDuplicates();
        } finally {
            others.forEach(Process::destroyForcibly);
        }
    }

    /** Takes ports, and lives until it is killed. */
    static final class Taker {

        public static void main(String... arguments) throws InterruptedException {
            System.out.println(IntStream.range(0, Integer.parseInt(arguments[0]))
                    .mapToObj(i -> Integer.toString(LocalPorts.free()))
                    .collect(Collectors.joining(" ")));
            Thread.currentThread().join();
        }
    }

    @Test
    void aBlockIsLeftToOthersWhenItsJvmHasEnded(@TempDir Path directory) throws Exception {
        Process other = ChildJvm.of(List.of("-XX:TieredStopAtLevel=1"), Holder.class, directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("1000");
            PortBlocks blocks = new PortBlocks(directory, 1000, 1099);
            assertThatThrownBy(blocks::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("others hold the rest");
            other.destroyForcibly().waitFor();
            assertThat(blocks.next()).isEqualTo(1000);
        } finally {
            other.destroyForcibly();
        }
    }

    /** Holds the only block that there is, until it is killed. */
    static final class Holder {

        public static void main(String... arguments) throws InterruptedException {
            PortBlocks blocks = new PortBlocks(Path.of(arguments[0]), 1000, 1099);
            System.out.println(blocks.next());
            Thread.currentThread().join();
        }
    }
}
