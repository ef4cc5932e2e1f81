package io.gamestream.local.process;

import java.nio.file.Files;
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
    }

    public JavaCommand flags(String... flags) {
        command.addAll(List.of(flags));
        return this;
    }

    public JavaCommand property(String name, String value) {
        command.add("-D" + name + "=" + value);
        return this;
    }

    /** Classes as the JVM keeps them in memory: written when the first run ends, mapped by the later ones. */
    public JavaCommand sharedArchive(Path archive) {
        command.add(Files.exists(archive) ? "-XX:SharedArchiveFile=" + archive : "-XX:ArchiveClassesAtExit=" + archive);
        // Says nothing where an archive does not fit (another JDK, other jars): it is an optimisation.
        command.add("-Xshare:auto");
        command.add("-Xlog:cds=off");
        command.add("-Xlog:cds+dynamic=off");
        return this;
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
