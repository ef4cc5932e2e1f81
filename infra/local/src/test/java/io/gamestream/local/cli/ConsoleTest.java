package io.gamestream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aPipeGetsPlainLines() {
        Console console = new Console(out, 0);
        console.status("one");
        console.line("two");
        console.status("three");
        assertThat(text()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void onATerminalTheStatusStaysBelowTheLines() {
        Console console = new Console(out, 80);
        console.status("s1");
        console.line("l1");
        assertThat(text()).isEqualTo("\r\u001b[Ks1\r\u001b[Kl1\ns1");
    }

    @Test
    void aStatusThatWouldWrapIsCut() {
        Console console = new Console(out, 10);
        console.status("0123456789");
        assertThat(text()).isEqualTo("\r\u001b[K012345678");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
