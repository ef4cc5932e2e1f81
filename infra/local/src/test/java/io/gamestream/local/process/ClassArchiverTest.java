package io.gamestream.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ClassArchiverTest {

    private static final long NOBODY = Integer.MAX_VALUE;

    @TempDir
    Path dir;

    @Test
    void aMissingArchiveIsMadeAndWhatRunsThatWereKilledLeftBehindIsGone() throws Exception {
        Path jar = Path.of(LoggerFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ClassArchive archive = archive(jar);
        Path abandoned = Files.writeString(
                Files.createDirectories(dir.resolve("archives")).resolve("one." + NOBODY + ".partial"), "half");
        Path another = Files.writeString(
                dir.resolve("archives")
                        .resolve("one."
                                + ProcessHandle.current().parent().orElseThrow().pid() + ".partial"),
                "of another run that is making it");
        Files.writeString(archive.classList(), "java/lang/Object\norg/slf4j/LoggerFactory\nhalf a li");
        assertThat(archive.flags()).containsExactly("-XX:DumpLoadedClassList=" + archive.classList());

        ClassArchiver.makeMissing(List.of(archive), dir);

        assertThat(archive.isUsable()).isTrue();
        assertThat(archive.flags()).contains("-XX:SharedArchiveFile=" + archive.archive());
        assertThat(abandoned).doesNotExist();
        assertThat(dir.resolve("archives")).isDirectoryContaining(another::equals);
        assertThat(archive.classList()).doesNotExist();
    }

    @Test
    void ofClassesInADirectoryThereIsNone() throws Exception {
        ClassArchive archive = archive(dir);

        ClassArchiver.makeMissing(List.of(archive), dir);

        assertThat(archive.flags()).isEmpty();
        assertThat(archive.archive()).doesNotExist();
    }

    private ClassArchive archive(Path classPath) {
        return new ClassArchive(
                "one", dir.resolve("archives").resolve("one.jsa"), dir.resolve("one.classes"), classPath.toString());
    }

    @Test
    void classesBehindLambdasAndALineThatIsStillBeingWrittenAreLeftOut() {
        String list = """
                java/lang/Object id: 0
                @lambda-proxy io/debezium/config/Field$Validator validate ()V
                @lambda-form-invoker [LF_RESOLVE] x y
                io/debezium/config/Field id: 7
                io/debezium/con""";
        assertThat(ClassArchiver.archivable(list)).isEqualTo("""
                java/lang/Object id: 0
                @lambda-form-invoker [LF_RESOLVE] x y
                io/debezium/config/Field id: 7
                """);
    }
}
