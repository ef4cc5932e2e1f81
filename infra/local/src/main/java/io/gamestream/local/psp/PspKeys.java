package io.gamestream.local.psp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The keys of the simulated account: random, made when they are first asked for, kept beside the truth log in files that only
 * their owner can read. Gateway and worker find them there by their settings.
 */
public final class PspKeys {

    private static final int RANDOM_BYTES = 24;

    private final String apiKey;
    private final String webhookSecret;

    private PspKeys(String apiKey, String webhookSecret) {
        this.apiKey = apiKey;
        this.webhookSecret = webhookSecret;
    }

    /** Those of a data directory of the simulator, both made where they are missing. */
    public static PspKeys in(Path directory) {
        try {
            Files.createDirectories(directory);
            return new PspKeys(
                    key(directory.resolve("api-key"), "sk_test_"), key(directory.resolve("webhook-secret"), "whsec_"));
        } catch (IOException e) {
            throw new UncheckedIOException("keys in " + directory, e);
        }
    }

    public String apiKey() {
        return apiKey;
    }

    public String webhookSecret() {
        return webhookSecret;
    }

    /** Written whole before it has its name, and never replaced: several processes may begin at once. */
    private static String key(Path file, String prefix) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            Path made = Files.createTempFile(
                    file.getParent(),
                    "key",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(made, prefix + HexFormat.of().formatHex(random) + "\n");
                Files.createLink(file, made);
            } catch (FileAlreadyExistsException e) {
                // Somebody else's, then.
            } finally {
                Files.delete(made);
            }
        }
        return Files.readString(file).strip();
    }
}
