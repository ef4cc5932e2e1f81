package io.gamestream.bench.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.bench.report.BenchReport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code bench sessions --only RESTORE} with few sessions: all of them come back, from Kafka and from the disk. */
class RestoreRunIT {

    @BeforeAll
    static void home() {
        // The module's directory is where its tests run.
        System.setProperty("backbone.home", "../..");
    }

    @Test
    void theServiceReadsBackWhatIsInTheChangelogs() throws Exception {
        BenchReport report = new BenchReport("sessions");

        new RestoreRun(report).run(10_000);

        report.print(System.out);
        assertThat(report.allMet()).isTrue();
    }
}
