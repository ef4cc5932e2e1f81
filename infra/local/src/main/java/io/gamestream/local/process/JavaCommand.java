package io.gamestream.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a JVM of ours. */
public final class JavaCommand {

    private final List<String> command = new ArrayList<>();

    /** @param dataDir first on the command line, by which a later run recognises the process */
    public JavaCommand(Path dataDir) {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dbackbone.data-dir=" + dataDir);
        // Otherwise in the directory where the user happens to be.
        command.add("-XX:ErrorFile=" + dataDir.resolve("logs").resolve("hs_err_pid%p.log"));
    }

    public JavaCommand flags(String... flags) {
        command.addAll(List.of(flags));
        return this;
    }

    public JavaCommand property(String name, String value) {
        command.add("-D" + name + "=" + value);
        return this;
    }

    public JavaCommand classArchive(ClassArchive archive) {
        command.addAll(archive.flags());
        return this;
    }

    /** Ends the command line where there is no program, only work on its classes. */
    List<String> classPath(String classPath) {
        command.add("-cp");
        command.add(classPath);
        return List.copyOf(command);
    }

    public List<String> jar(Path jar) {
        command.add("-jar");
        command.add(jar.toString());
        return List.copyOf(command);
    }

    /** Ends the command line with a class path and a main class. */
    public List<String> main(String classPath, String mainClass, List<String> arguments) {
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
