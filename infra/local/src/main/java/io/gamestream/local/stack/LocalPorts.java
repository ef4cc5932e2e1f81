package io.gamestream.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** TCP ports of this machine's loopback address. */
public final class LocalPorts {

    /** The stack has no authentication worth the name, so nobody else can reach it. */
    public static final String HOST = "127.0.0.1";

    /** A port that somebody wants to listen on, and the setting that chose it. */
    public record Wanted(String what, String setting, int port) {}

    private static final int LOWEST = 10_000;
    /** Below the ports that {@code up} listens on by default. */
    private static final int HIGHEST = 24_999;

    private static final PortBlocks BLOCKS = new PortBlocks(
            Path.of(System.getProperty("java.io.tmpdir"), "backbone-ports-" + System.getProperty("user.name")),
            LOWEST,
            HIGHEST);

    private LocalPorts() {}

    /**
     * A port that nobody listened on a moment ago, and that no outgoing connection takes before somebody listens: it lies
     * below the range from which systems give ports to connections (from 32768 on in Linux, from 49152 in others, RFC 6335).
     * No other JVM of this user gets it while this one lives, and this one gets it once.
     */
    public static int free() {
        int port = BLOCKS.next();
        while (isBusy(port)) {
            port = BLOCKS.next();
        }
        return port;
    }

    /**
     * All ports at once, so that a user mends all of them at once.
     *
     * @throws StackException that names each busy port and its setting
     */
    public static void requireFree(List<Wanted> wanted) {
        String busy = wanted.stream()
                .filter(one -> one.port() != 0 && isBusy(one.port()))
                .map(one -> "port " + one.port() + " for " + one.what() + " is in use (setting " + one.setting() + ")")
                .collect(Collectors.joining("; "));
        if (!busy.isEmpty()) {
            throw new StackException(busy + "; stop what listens there or choose another port with --set");
        }
    }

    /** Always the IPv4 one, whatever the JVM prefers: it is what the servers bind to. */
    static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
    }

    private static boolean isBusy(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers themselves do: connections that a former run left in TIME_WAIT don't count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), 1);
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
