package io.gamestream.local.stack;

import io.gamestream.local.process.LogTail;
import io.gamestream.local.process.PidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Postgres' own programs on one cluster: initdb, postgres, and what postmaster.pid tells. */
final class PostgresTools {

    private static final int TOOL_TIMEOUT_SECONDS = 60;

    /** Line of postmaster.pid that holds the server's state. */
    private static final int STATE_LINE = 7;

    private final Unprivileged unprivileged;
    private final Path installation;
    private final Path home;
    private final Path cluster;
    private final Path log;

    /** @param home of the cluster and the administrator's password */
    PostgresTools(Unprivileged unprivileged, Path installation, Path home, Path log) {
        this.unprivileged = unprivileged;
        this.installation = installation;
        this.home = home;
        this.cluster = home.resolve("data");
        this.log = log;
    }

    boolean hasCluster() {
        return Files.exists(cluster.resolve("PG_VERSION"));
    }

    /** Passwords are asked for even on loopback: other users of the machine get there too. */
    void makeCluster() throws IOException {
        unprivileged.own(home);
        Path password = passwordFile();
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, UUID.randomUUID().toString());
        unprivileged.own(password);
        // Locale C: sorting and upper case must not depend on the machine; texts are sorted by readers, not here.
        run(
                "initdb",
                "-D",
                cluster.toString(),
                "-U",
                PostgresAccounts.ADMIN,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions");
    }

    List<String> serverCommand(List<String> parameters) {
        List<String> command = new ArrayList<>(List.of(program("postgres"), "-D", cluster.toString()));
        command.addAll(parameters);
        return unprivileged.command(command);
    }

    String adminPassword() throws IOException {
        return Files.readString(passwordFile()).trim();
    }

    /** Whether the server accepts connections, by its own word. */
    boolean isReady() throws IOException {
        List<String> lines = postmasterLines();
        return lines.size() > STATE_LINE && lines.get(STATE_LINE).strip().equals("ready");
    }

    /**
     * Removes a postmaster.pid that a killed server has left, when its pid belongs to somebody else's process by now:
     * Postgres would take that process for a server and refuse to start.
     */
    void removeStalePid() throws IOException {
        List<String> lines = postmasterLines();
        if (!lines.isEmpty()
                && ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                        .filter(process -> PidFile.names(process, cluster))
                        .isEmpty()) {
            Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        }
    }

    private List<String> postmasterLines() throws IOException {
        try {
            return Files.readAllLines(cluster.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program(program)));
        command.addAll(List.of(arguments));
        Files.createDirectories(log.getParent());
        Process process = new ProcessBuilder(unprivileged.command(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (!process.waitFor(TOOL_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new StackException(program + " did not end within " + TOOL_TIMEOUT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(program + " was interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new StackException("Postgres: " + program + " failed:\n" + LogTail.of(log, 8));
        }
    }

    private Path passwordFile() {
        return home.resolve("admin-password");
    }

    private String program(String name) {
        return installation.resolve("bin").resolve(name).toString();
    }
}
