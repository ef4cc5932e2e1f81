package io.gamestream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gamestream.local.process.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code backbone} in a project of its own, with a Java and a Maven that only tell what they were asked. */
class LauncherScriptTest {

    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String SERVICES = "infra/local/src/main/resources/io/gamestream/local/service/services.txt";

    /** Answers -version, and otherwise prints its arguments, each on a line. */
    private static final String JAVA = """
            case "$*" in *-XshowSettings*) echo "    java.specification.version = %s"; echo "    java.vm.version = v1" ;;
              *) for word in "$@"; do echo "<$word>"; done ;; esac""";

    private static final String MAVEN = """
            case "$*" in *--version*) echo "Apache Maven %s (x)" ;;
              *) mkdir -p a/target infra/local/target
                 echo x >a/target/a-1.jar; echo x >infra/local/target/local-1.jar
                 echo "/some repository/b.jar" | tee a/target/runtime-classpath.txt >infra/local/target/runtime-classpath.txt ;; esac""";

    @TempDir
    Path directory;

    private Path home;
    private Path bin;

    private record Run(int status, String output) {}

    @BeforeEach
    void makeProject() throws IOException {
        home = directory.resolve("my projects/the 1st");
        bin = Files.createDirectories(directory.resolve("bin"));
        Files.createDirectories(home);
        Files.copy(PROJECT.resolve("backbone"), home.resolve("backbone"));
        Files.writeString(
                home.resolve("pom.xml"),
                "  <version>1</version>\n    <module>a</module>\n    <module>infra/local</module>\n");
        write(home.resolve("a/pom.xml"), "");
        write(home.resolve("a/src/main/A.java"), "");
        write(home.resolve("infra/local/pom.xml"), "");
        write(home.resolve(SERVICES), "one | a | x.Main | one.http | -Xmx1g -Xms1m | \n");
        for (String tool : List.of(
                "bash",
                "cat",
                "cut",
                "date",
                "dirname",
                "env",
                "find",
                "grep",
                "head",
                "mkdir",
                "mv",
                "basename",
                "readlink",
                "rm",
                "sed",
                "stty",
                "tee",
                "touch",
                "tr")) {
            Path found = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(bin.resolve(tool), Files.exists(found) ? found : Path.of("/bin", tool));
        }
    }

    @Test
    void aMachineWithoutJavaIsToldWhatToInstall() throws Exception {
        Run run = run("demo");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .startsWith("backbone: there is no Java; install JDK 17 or newer")
                .hasLineCount(1);
    }

    @Test
    void anOldJavaIsRefused() throws Exception {
        tool("java", JAVA.formatted("11"));
        Run run = run("demo");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .startsWith("backbone: java is Java 11; install JDK 17 or newer")
                .hasLineCount(1);
    }

    @Test
    void aMachineWithoutACompilerOrMavenIsToldWhatToInstall() throws Exception {
        tool("java", JAVA.formatted("17"));
        assertThat(run("demo").output()).startsWith("backbone: there is a Java but no compiler (javac); install a JDK");
        tool("javac", "");
        assertThat(run("demo").output()).startsWith("backbone: Maven is missing; install Maven 3.8 or newer");
        tool("mvn", MAVEN.formatted("3.6.3"));
        assertThat(run("demo").output()).startsWith("backbone: Maven is 3.6.3; install Maven 3.8 or newer");
    }

    @Test
    void itBuildsOnceAndPathsMayHaveSpaces() throws Exception {
        tool("java", JAVA.formatted("17"));
        tool("javac", "");
        tool("mvn", MAVEN.formatted("3.9.9"));
        Run first = run("demo", "--data-dir", "my data");
        assertThat(first.status()).as(first.output()).isZero();
        assertThat(first.output()).contains("building ...");
        Run second = run("demo", "--data-dir", "my data");
        assertThat(second.output()).doesNotContain("building");
        assertThat(second.output().lines())
                .contains("<-Dbackbone.home=" + home + ">", "<demo>", "<--data-dir>", "<my data>")
                .anyMatch(word -> word.startsWith("<-XX:DumpLoadedClassList=" + home + "/target/class-archives/v1/"))
                .anyMatch(word ->
                        word.startsWith("<" + home + "/infra/local/target/local-1.jar:/some repository/b.jar:"));
    }

    @Test
    void listsOfClassesOfKilledRunsAreRemoved() throws Exception {
        tool("java", JAVA.formatted("17"));
        tool("javac", "");
        tool("mvn", MAVEN.formatted("3.9.9"));
        Path archives = home.resolve("target/class-archives/v1");
        Path killed = archives.resolve("launcher.999999999.classes");
        Path running = archives.resolve("launcher." + ProcessHandle.current().pid() + ".classes");
        write(killed, "");
        write(running, "");
        assertThat(run("demo").status()).isZero();
        assertThat(killed).doesNotExist();
        assertThat(running).exists();
    }

    @Test
    void aCommandIsToldWhetherItWritesToATerminal() throws Exception {
        tool("java", JAVA.formatted("17"));
        tool("javac", "");
        tool("mvn", MAVEN.formatted("3.9.9"));
        assertThat(run("load", "steam").output().lines()).contains("<-D" + Terminal.COLUMNS + "=0>");
        Path script = Path.of("/usr/bin/script");
        assumeThat(script).as("makes pseudo terminals").isExecutable();
        String load = "stty cols 99; bash '" + home.resolve("backbone") + "' load steam";
        assertThat(execute(List.of(script.toString(), "-qec", load, "/dev/null"))
                        .output())
                .contains("<-D" + Terminal.COLUMNS + "=99>");
    }

    @Test
    void aServiceGetsItsFlagsAndTheUsersArguments() throws Exception {
        tool("java", JAVA.formatted("21"));
        tool("javac", "");
        tool("mvn", MAVEN.formatted("4.0.0"));
        Run run = run("run", "one", "--set", "a=b c");
        assertThat(run.output().lines()).contains("<-Xmx1g>", "<-Xms1m>", "<x.Main>", "<--set>", "<a=b c>");
        assertThat(run("run", "two").output()).contains("there is no service 'two' (there are: one");
    }

    @Test
    void aFailedBuildIsOneMessageWithTheReason() throws Exception {
        tool("java", JAVA.formatted("17"));
        tool("javac", "");
        tool(
                "mvn",
                "case \"$*\" in *--version*) echo 'Apache Maven 3.9.9 (x)' ;; *) echo '[ERROR] no such thing'; exit 1 ;; esac");
        Run run = run("up");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("[ERROR] no such thing", "the build has failed; all of its output is in ");
    }

    @Test
    void helpAndWrongCommandsNeedNoJava() throws Exception {
        assertThat(run("--help")).extracting(Run::status).isEqualTo(0);
        assertThat(run("run", "--help").output()).contains("  one");
        assertThat(run("--version").output()).isEqualTo("GameStream Backbone 1\n");
        Run unknown = run("dmeo");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.output()).contains("there is no command 'dmeo'");
    }

    private void tool(String name, String body) throws IOException {
        Path file = bin.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("/bin/bash", home.resolve("backbone").toString()));
        command.addAll(List.of(arguments));
        return execute(command);
    }

    private Run execute(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
