package io.gamestream.topology.payment;

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
class PaymentNamesTest {

    @TempDir
    Path stateDir;

    @Test
    void paymentsIsAsItWas() throws IOException {
        check("payments.topology.txt", PaymentTopology::spec);
    }

    @Test
    void paymentsLedgerIsAsItWas() throws IOException {
        check("payments-ledger.topology.txt", LedgerTopology::spec);
    }

    private void check(String snapshot, BiFunction<AvroSerdes, PaymentConfig, StreamsSpec> application)
            throws IOException {
        Path file = Path.of("src", "test", "resources", snapshot);
        String description = DrivenPayments.describe(stateDir, application).toString();
        if (Boolean.getBoolean("names.accept")) {
            Files.writeString(file, description);
        }
        assertThat(file).content().isEqualTo(description);
    }
}
