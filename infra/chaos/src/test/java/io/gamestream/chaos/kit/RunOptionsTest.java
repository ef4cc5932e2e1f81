package io.gamestream.chaos.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunOptionsTest {

    /** A long number in it would be a card's now and then, and it is in every log that is searched for cards. */
    @Test
    void theDirectoryOfARunHasNoLongNumberInItsName() throws IOException {
        RunOptions options = new RunOptions();
        Path directory = RunOptions.temporary("payments");
        assertThat(directory).isEmptyDirectory();
        assertThat(directory.getFileName().toString()).matches("chaos-payments-\\d{1,6}");
        options.deleteUnlessWanted(directory);
        assertThat(directory).doesNotExist();
    }
}
