package io.gamestream.local.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConsumerGuideTest {

    private static final Path SOURCE = Path.of("src/test/java/io/gamestream/local/contracts/GamesConsumer.java");
    private static final Path GUIDE = Path.of("../../docs/consumers.md");

    @Test
    void theGuideShowsTheConsumerThatTheTestsRun() throws IOException {
        String source = Files.readString(SOURCE);
        String main = source.substring(source.indexOf("    public static void main"), source.lastIndexOf('}'));

        assertThat(GUIDE).content().contains(main.stripTrailing().stripIndent());
    }
}
