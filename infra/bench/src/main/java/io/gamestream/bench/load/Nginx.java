package io.gamestream.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** nginx that answers every path with one file: what a well-made server reaches on this machine when it has nothing to look up. */
public final class Nginx implements AutoCloseable {

    private static final String CONFIGURATION = """
            worker_processes 2;
            daemon off;
            pid nginx.pid;
            error_log error.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              open_file_cache max=10 inactive=1h;
              client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
              server {
                listen 127.0.0.1:%d;
                root .;
                default_type application/json;
                location / { try_files /body.json =404; }
              }
            }
            """;

    private final Process process;

    private Nginx(Process process) {
        this.process = process;
    }

    /** Whether it is installed. */
    public static boolean installed() {
        return Tools.installed("nginx");
    }

    /**
     * Starts it.
     *
     * @param directory that is empty, or does not exist yet; world-readable, since the workers run as another user
     */
    public static Nginx serve(Path directory, byte[] body, int port) throws IOException {
        Files.createDirectories(directory.resolve("tmp"));
        Files.write(directory.resolve("body.json"), body);
        String absolute = directory.toAbsolutePath().toString();
        Files.writeString(
                directory.resolve("nginx.conf"),
                CONFIGURATION.formatted(port).replace("root .;", "root " + absolute + ";"));
        Process process = new ProcessBuilder("nginx", "-p", absolute, "-c", absolute + "/nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.log").toFile())
                .start();
        return new Nginx(process);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
