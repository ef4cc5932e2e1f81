package io.gamestream.runtime.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A setting that must not be read by others: the text itself, or {@code file:PATH} for a file that holds it, as clusters mount
 * secrets. Files keep it out of command lines and environments, which others can list.
 */
public final class Secret {

    private static final String FILE = "file:";

    private Secret() {}

    /**
     * The secret's text; of a file without the white space around it.
     *
     * @param name of the setting, for the message
     * @throws IllegalArgumentException where the file can't be read
     */
    public static String of(String name, String value) {
        if (!value.startsWith(FILE)) {
            return value;
        }
        String file = value.substring(FILE.length());
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    name + ": " + value
                            + " (expected: the secret itself, or file: and the path of a file that holds it); "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }
}
