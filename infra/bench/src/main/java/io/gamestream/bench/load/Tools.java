package io.gamestream.bench.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Command-line tools that are found where the shell finds them. */
final class Tools {

    private Tools() {}

    static boolean installed(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }
}
