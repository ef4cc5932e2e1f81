package io.gamestream.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.process.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private final PrintStream standard = System.out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @BeforeEach
    void catchOutput() {
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveItBack() {
        System.setOut(standard);
        System.clearProperty(Terminal.COLUMNS);
    }

    @Test
    void logsKeepALineAtTheEndOfEachStep() {
        work();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("users     3 of 10 in ");
    }

    /** The bar itself goes to standard error. */
    @Test
    void aTerminalGetsABarInstead() {
        System.setProperty(Terminal.COLUMNS, "80");
        work();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static void work() {
        try (ConsoleProgress progress = ConsoleProgress.standard()) {
            progress.begin("users", 10);
            progress.advance(3);
        }
    }
}
