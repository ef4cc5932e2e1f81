package io.gamestream.serving.testing;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.JavaCommand;
import io.gamestream.serving.ServingService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** An instance in a process of its own, which can be killed. */
public final class ServingProcess implements AutoCloseable {

    private final ChildProcess process;
    private final int port;

    private ServingProcess(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    public static ServingProcess start(String name, Path directory, ServingSettings settings) throws IOException {
        int port = freePort();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ChildProcess process = ChildProcess.start(ChildProcess.Spec.of(
                name,
                new JavaCommand(directory)
                        .flags("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .main(
                                classPath,
                                ServingService.class.getName(),
                                settings.with("serving.http.port", Integer.toString(port))
                                        .arguments()),
                directory,
                directory.resolve(name + ".log")));
        return new ServingProcess(process, port);
    }

    public int port() {
        return port;
    }

    public ServingClient client() {
        return new ServingClient(port);
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.handle().destroyForcibly();
        process.handle().onExit().join();
    }

    /** Another signal, by its name for {@code kill}. */
    public void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.handle().pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
