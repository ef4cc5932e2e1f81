package io.gamestream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
}
