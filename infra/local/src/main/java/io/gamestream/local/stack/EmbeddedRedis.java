package io.gamestream.local.stack;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.runtime.connection.RedisSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Redis server with an append-only file, as a child process. */
final class EmbeddedRedis implements AutoCloseable {

    private static final String NAME = Part.REDIS.label();
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final int PING_TIMEOUT_MS = 500;

    private final ChildProcess process;
    private final RedisSettings settings;

    private EmbeddedRedis(ChildProcess process, RedisSettings settings) {
        this.process = process;
        this.settings = settings;
    }

    /** @throws StackException with the end of the server's log where it does not start */
    static EmbeddedRedis start(DataDirectory data, Path program, int port) throws IOException {
        Path directory = data.directory(NAME);
        // set-proc-title would hide the directory, by which a later run recognises the process.
        List<String> command = List.of(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                LocalPorts.HOST,
                "--dir",
                directory.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                "--set-proc-title",
                "no",
                "--daemonize",
                "no");
        ChildProcess process =
                ChildProcess.start(ChildProcess.Spec.of(NAME, command, data.root(), data.resolve("logs/redis.log")));
        try {
            Readiness.await("Redis", process, START_TIMEOUT, () -> ping(port));
        } catch (StackException e) {
            process.close();
            throw e;
        }
        return new EmbeddedRedis(process, new RedisSettings(URI.create("redis://" + LocalPorts.HOST + ":" + port)));
    }

    RedisSettings settings() {
        return settings;
    }

    /** SIGTERM makes Redis write its file and leave. */
    @Override
    public void close() {
        process.close();
    }

    /** While it loads its file, Redis answers -LOADING. */
    private static boolean ping(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LocalPorts.loopback(), port), PING_TIMEOUT_MS);
            socket.setSoTimeout(PING_TIMEOUT_MS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return "+PONG".equals(answer.readLine());
        }
    }
}
