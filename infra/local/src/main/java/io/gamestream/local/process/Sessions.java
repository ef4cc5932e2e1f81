package io.gamestream.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the system that change how a child runs; each replaces itself by the child, so that the pid stays. */
final class Sessions {

    private static final List<String> PREFIX =
            onPath("setsid").map(program -> List.of(program.toString())).orElse(List.of());

    private Sessions() {}

    /** Puts the child into a session of its own, where the system has a program for that (Linux has, macOS has not). */
    static List<String> prefix() {
        return PREFIX;
    }

    /** The same command, for work that must not take the processor from anybody. */
    static List<String> lowPriority(List<String> command) {
        List<String> nice = onPath("nice")
                .map(program -> List.of(program.toString(), "-n", "19"))
                .orElse(List.of());
        return Stream.concat(nice.stream(), command.stream()).toList();
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of("/usr/bin", "/bin", "/usr/local/bin")
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
