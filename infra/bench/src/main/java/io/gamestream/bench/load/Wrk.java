package io.gamestream.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk, a closed-loop load generator that leaves most of the machine to the server: two threads, 64 connections. */
public final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern ERRORS = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");
    private final Path script;

    /**
     * Writes the request script.
     *
     * @param directory for the request script
     * @param pathPrefix of every request, such as {@code /v1/games/g-}
     * @param keys requests go to prefix + a random number below this one
     */
    public Wrk(Path directory, String pathPrefix, int keys) throws IOException {
        script = Files.writeString(directory.resolve("random-keys.lua"), """
                math.randomseed(os.time())
                request = function()
                  return wrk.format("GET", "%s" .. math.random(0, %d))
                end
                """.formatted(pathPrefix, keys - 1));
    }

    /** Whether it is installed. */
    public static boolean installed() {
        return Tools.installed("wrk");
    }

    /** Requests answered per second with status 200. */
    public double requestsPerSecond(int port, Duration duration) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "wrk",
                        "-t2",
                        "-c64",
                        "-d" + duration.toSeconds() + "s",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(output);
        if (process.waitFor() != 0 || !rate.find()) {
            throw new IOException("wrk failed: " + output);
        }
        Matcher errors = ERRORS.matcher(output);
        if (errors.find()) {
            throw new IOException("wrk saw " + errors.group(1) + " answers that are no success: " + output);
        }
        return Double.parseDouble(rate.group(1));
    }
}
