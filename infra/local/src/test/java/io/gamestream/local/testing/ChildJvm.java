package io.gamestream.local.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with the class path of the tests, for what has to be killed, or ends itself. */
public final class ChildJvm {

    private ChildJvm() {}

    /**
     * Not started yet. It is led nowhere by the environment: the stack that it needs is the test's own, also where all else is
     * tested on somebody's.
     */
    public static ProcessBuilder of(List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("BACKBONE_"));
        return builder;
    }
}
