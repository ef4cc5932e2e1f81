package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.topology.streams.StreamsSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names of stores and internal topics are where the state of a running application is. Whoever changes a snapshot here needs
 * a plan for that state.
 */
class SessionNamesTest {

    @TempDir
    Path stateDir;

    @Test
    void sessionsIsAsItWas() throws IOException {
        check("sessions.topology.txt", SessionTopology::spec);
    }

    @Test
    void sessionsDetectorIsAsItWas() throws IOException {
        check("sessions-detector.topology.txt", DetectorTopology::spec);
    }

    private void check(String snapshot, BiFunction<AvroSerdes, SessionConfig, StreamsSpec> application)
            throws IOException {
        Path file = Path.of("src", "test", "resources", snapshot);
        String description = DrivenSessions.describe(stateDir, application).toString();
        if (Boolean.getBoolean("names.accept")) {
            Files.writeString(file, description);
        }
        assertThat(file).content().isEqualTo(description);
    }
}
