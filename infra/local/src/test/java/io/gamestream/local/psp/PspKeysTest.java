package io.gamestream.local.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PspKeysTest {

    @TempDir
    Path dir;

    @Test
    void everyDirectoryHasItsOwnAndKeepsThem() throws Exception {
        PspKeys one = PspKeys.in(dir.resolve("one"));
        PspKeys other = PspKeys.in(dir.resolve("other"));
        assertThat(one.apiKey()).startsWith("sk_test_").hasSize(56).isNotEqualTo(other.apiKey());
        assertThat(one.webhookSecret()).startsWith("whsec_").isNotEqualTo(other.webhookSecret());
        assertThat(PspKeys.in(dir.resolve("one")).apiKey()).isEqualTo(one.apiKey());
        assertThat(Files.getPosixFilePermissions(dir.resolve("one/api-key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var files = Files.list(dir.resolve("one"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("api-key", "webhook-secret");
        }
    }

    @Test
    void allWhoBeginAtOnceHaveTheSame() {
        Set<String> keys = IntStream.range(0, 32)
                .parallel()
                .mapToObj(i -> PspKeys.in(dir).apiKey())
                .collect(Collectors.toSet());
        assertThat(keys).hasSize(1);
    }

    @Test
    void whoeverNeedsThemFindsThemByTheirFiles() {
        PspKeys keys = PspKeys.in(dir);
        assertThat(Secret.of("api-key", "file:" + dir.resolve("api-key"))).isEqualTo(keys.apiKey());
        assertThat(Secret.of("api-key", "sk_live")).isEqualTo("sk_live");
        assertThatThrownBy(() -> Secret.of("api-key", "file:" + dir.resolve("nothing")))
                .hasMessageContaining("api-key: file:")
                .hasMessageContaining("expected:");
    }
}
