package io.gamestream.local.testing;

import io.gamestream.local.stack.DataDirectory;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackException;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An embedded stack on a temporary directory, which goes with it. */
final class TemporaryStack implements Stack {

    private static final String PREFIX = "backbone-test-";
    private static final Pattern OWNER = Pattern.compile(PREFIX + "([0-9]{1,10})-");

    private final EmbeddedStack stack;

    private TemporaryStack(EmbeddedStack stack) {
        this.stack = stack;
    }

    static TemporaryStack start(Part... parts) {
        try {
            endOrphans();
            StackSettings settings = StackSettings.ephemeral(
                    Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-"));
            return new TemporaryStack(
                    EmbeddedStack.start(parts.length == 0 ? settings : settings.withParts(parts[0], parts)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test JVM that was killed leaves its servers behind; nobody would start on its directory again. */
    private static void endOrphans() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path directory : left) {
                if (Files.isWritable(directory)
                        && !isOwned(directory.getFileName().toString())) {
                    remove(directory);
                }
            }
        }
    }

    /** One that is being made isn't locked yet, so the lock alone doesn't tell. */
    private static boolean isOwned(String name) {
        Matcher owner = OWNER.matcher(name);
        return owner.lookingAt()
                && ProcessHandle.of(Long.parseLong(owner.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    private static void remove(Path directory) {
        try {
            DataDirectory.delete(directory);
        } catch (StackException e) {
            // Another test JVM removes it at the same moment.
            return;
        }
    }

    @Override
    public KafkaSettings kafka() {
        return stack.kafka();
    }

    @Override
    public PostgresSettings postgres() {
        return stack.postgres();
    }

    @Override
    public RegistrySettings registry() {
        return stack.registry();
    }

    @Override
    public RedisSettings redis() {
        return stack.redis();
    }

    @Override
    public void close() {
        stack.close();
        DataDirectory.delete(stack.data().root());
    }
}
