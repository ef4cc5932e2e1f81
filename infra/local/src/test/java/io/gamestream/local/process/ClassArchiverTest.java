package io.gamestream.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ClassArchiverTest {

    private static final long NOBODY = Integer.MAX_VALUE;
    private static final Path LOGGING = Path.of(URI.create(LoggerFactory.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toString()));

    @TempDir
    Path dir;

    @Test
    void aMissingArchiveIsMadeAndWhatRunsThatWereKilledLeftBehindIsGone() throws Exception {
        ClassArchive archive = archive(LOGGING);
        Path abandoned = Files.writeString(
                Files.createDirectories(dir.resolve("archives")).resolve("one." + NOBODY + ".partial"), "half");
        Path another = Files.writeString(
                dir.resolve("archives")
                        .resolve("one."
                                + ProcessHandle.current().parent().orElseThrow().pid() + ".partial"),
                "of another run that is making it");
        Files.writeString(archive.classList(), "java/lang/Object\norg/slf4j/LoggerFactory\nhalf a li");
        assertThat(archive.flags()).containsExactly("-XX:DumpLoadedClassList=" + archive.classList());

        make(archive);

        assertThat(archive.isUsable()).isTrue();
        assertThat(archive.flags()).contains("-XX:SharedArchiveFile=" + archive.archive());
        assertThat(abandoned).doesNotExist();
        assertThat(dir.resolve("archives")).isDirectoryContaining(another::equals);
        assertThat(archive.classList()).doesNotExist();
    }

    @Test
    void ofClassesInADirectoryThereIsNone() throws Exception {
        ClassArchive archive = archive(dir);
        Files.writeString(archive.classList(), "java/lang/Object\n");

        make(archive);

        assertThat(archive.flags()).isEmpty();
        assertThat(archive.archive()).doesNotExist();
        assertThat(dir.resolve("logs")).doesNotExist();
    }

    @Test
    void whoeverClosesItBeforeItIsDoneLeavesNoProcessBehind() throws Exception {
        ClassArchive archive = archive(LOGGING);
        Files.writeString(archive.classList(), "java/lang/Object\norg/slf4j/LoggerFactory\n");
        try (ClassArchiver archiver = ClassArchiver.atOnce(List.of(archive), dir)) {
            // Often enough to see a dump that a fast machine makes.
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> dumps().findAny().isPresent());
        }
        assertThat(dumps()).isEmpty();
        assertThat(archive.archive()).doesNotExist();
        assertThat(dir.resolve("archives")).isEmptyDirectory();
    }

    private Stream<ProcessHandle> dumps() {
        return ProcessHandle.current().descendants().filter(process -> process.info()
                .commandLine()
                .orElse("")
                .contains(dir.resolve("archives").toString()));
    }

    private void make(ClassArchive archive) throws InterruptedException {
        try (ClassArchiver archiver = ClassArchiver.atOnce(List.of(archive), dir)) {
            archiver.await();
        }
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
