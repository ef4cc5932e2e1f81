package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PaymentDocsTest {

    private static final Path PAGE = Path.of("..", "docs", "payments.md");
    private static final String BEGIN = "<!-- generated from PaymentTransitions -->\n";
    private static final String END = "<!-- end of what is generated -->\n";

    @Test
    void thePageDrawsTheTable() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String current = page.substring(0, begin) + "\n" + PaymentDiagram.markdown() + "\n" + page.substring(end);
        if (Boolean.getBoolean("docs.accept")) {
            Files.writeString(PAGE, current);
        }

        assertThat(PAGE)
                .as(
                        "docs/payments.md is out of date. Write it anew:"
                                + " mvn -pl topology -am test -Dtest=PaymentDocsTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.accept=true")
                .content()
                .isEqualTo(current);
    }
}
