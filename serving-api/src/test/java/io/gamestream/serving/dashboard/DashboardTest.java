package io.gamestream.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page must work below its own policy: whatever is inline is named by its hash, and nothing comes from elsewhere. */
class DashboardTest {

    private String html = "";

    @BeforeEach
    void read() throws IOException {
        try (InputStream in = DashboardPart.class.getResourceAsStream("index.html")) {
            assertThat(in).isNotNull();
            html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void thePolicyAllowsItsOwnScriptAndStyleAndNothingElse() {
        String script = html.substring(html.indexOf("<script>") + 8, html.indexOf("</script>"));
        assertThat(ContentPolicy.of(html).header())
                .contains("default-src 'none'", "script-src 'sha256-" + ContentPolicy.hash(script) + "'")
                .contains("connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "http");
    }

    @Test
    void nothingComesFromElsewhere() {
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:", "@import", "src=");
    }

    @Test
    void nothingIsInlineThatThePolicyWouldBlock() {
        assertThat(html).doesNotContainPattern("<[^>]+\\sstyle=").doesNotContainPattern("<[^>]+\\son[a-z]+=");
        assertThat(html)
                .as("data never becomes markup")
                .doesNotContain("innerHTML", "outerHTML", "document.write", "eval(");
    }

    @Test
    void aPageWithoutScriptsAllowsNone() {
        assertThat(ContentPolicy.of("<p>").header()).contains("script-src 'none'", "style-src 'none'");
    }
}
