package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PaymentDocsTest {

    /** Who follows an order must find every place where something of it may be. */
    @Test
    void thePageNamesEveryTopicOfPayments() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(TopicCatalogue.all().stream()
                        .map(TopicSpec::name)
                        .filter(name -> name.startsWith("payments.") || name.equals(PaymentTopics.PAYMENT_VIEW.name()))
                        .map(name -> "`" + name + "`")
                        .toList());
    }

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
