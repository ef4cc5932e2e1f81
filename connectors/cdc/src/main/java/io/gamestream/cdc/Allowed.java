package io.gamestream.cdc;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;

/** Whether the capture may do what is otherwise an administrator's: {@code true}, {@code false} or {@code loopback}. */
public enum Allowed {
    TRUE,
    FALSE,
    /** Where every Kafka bootstrap server is this machine: a laptop has no administrator. */
    LOOPBACK;

    @JsonCreator
    static Allowed of(Object text) {
        return valueOf(String.valueOf(text).toUpperCase(Locale.ROOT));
    }

    /** Whether it holds for this list of {@code host:port}. */
    public boolean holds(String bootstrapServers) {
        return this == TRUE
                || (this == LOOPBACK
                        && Arrays.stream(bootstrapServers.split(",")).allMatch(Allowed::isLoopback));
    }

    private static boolean isLoopback(String server) {
        String host = server.trim().replaceFirst(":\\d+$", "").replaceAll("^\\[|\\]$", "");
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
