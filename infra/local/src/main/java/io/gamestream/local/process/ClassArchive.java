package io.gamestream.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of one program as the JVM keeps them in memory (AppCDS): a start that maps them takes less than half of the
 * processor time. The first run lists its classes; {@link ClassArchiver} makes the archive of them; later runs use it.
 *
 * @param name of the program
 * @param archive belongs to one JVM version and these very jars
 * @param classList where a run without archive lists its classes
 * @param classPath of the program
 */
public record ClassArchive(String name, Path archive, Path classList, String classPath) {

    /** A directory for archives of this JVM's version, below {@code parent}. */
    public static Path directory(Path parent) {
        return parent.resolve("class-archives").resolve(System.getProperty("java.vm.version"));
    }

    /** Whether there can be an archive: of classes in directories the JVM makes none. */
    boolean isPossible() {
        return Stream.of(classPath.split(":")).map(Path::of).noneMatch(Files::isDirectory);
    }

    /** Whether there is an archive that is younger than every jar on the class path. */
    public boolean isUsable() {
        try {
            if (!Files.exists(archive)) {
                return false;
            }
            for (String entry : classPath.split(":")) {
                if (Files.getLastModifiedTime(Path.of(entry)).compareTo(Files.getLastModifiedTime(archive)) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** After a crash of a JVM that may have come from it; the next run makes another one. */
    public void discard() throws IOException {
        Files.deleteIfExists(archive);
    }

    /** What the JVM is started with: to use the archive, or to list its classes for one. */
    public List<String> flags() {
        // Where an archive does not fit after all the JVM does without it, and has nothing to say about that.
        if (!isPossible()) {
            return List.of();
        }
        return isUsable()
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of("-XX:DumpLoadedClassList=" + classList);
    }
}
