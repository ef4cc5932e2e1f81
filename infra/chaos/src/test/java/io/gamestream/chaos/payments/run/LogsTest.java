package io.gamestream.chaos.payments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {

    @TempDir
    Path root;

    @Test
    void everyPartsLogIsReadLineByLine() throws IOException {
        write("services/logs/payments.log", "one\ntwo\n");
        write("broker/logs/broker-process.log", "three");
        write("others/logs/postgres.log", "four");
        write("logs/stack-1.log", "five");
        List<String> read = new ArrayList<>();
        Logs.read(root, (line, place) -> read.add(place + ": " + line));
        assertThat(read)
                .containsExactly(
                        "broker/logs/broker-process.log line 1: three",
                        "logs/stack-1.log line 1: five",
                        "others/logs/postgres.log line 1: four",
                        "services/logs/payments.log line 1: one",
                        "services/logs/payments.log line 2: two");
    }

    @Test
    void dataAndThePspsOwnLogAreNoLogs() throws IOException {
        write("services/logs/psp.log", "sk");
        write("broker/kafka/payments.journal.v1-0/00000000000000000000.log", "x");
        write("services/streams/payments/0_0/rocksdb/payment-sagas/000004.log", "x");
        write("services/logs/payments.jfr", "x");
        assertThat(Logs.find(root)).isEmpty();
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
