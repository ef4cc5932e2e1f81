package io.gamestream.router;

import io.gamestream.schemas.sessions.HostSignal;
import io.gamestream.schemas.sessions.HostSignalKind;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second signal: tries the addresses of hosts that this router has heard of and hears no more. An address that can't be
 * connected to is told as unreachable, and one that can again as reachable.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a signal that is lost is sent again with the next probe
final class HostProbes {

    private static final Logger LOG = LoggerFactory.getLogger(HostProbes.class);
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final long FORGET_MS = Duration.ofMinutes(15).toMillis();

    /** A host that was heard. */
    private record Heard(String address, long at) {}

    private final Map<String, Heard> hosts = new ConcurrentHashMap<>();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    private final NetClient client;
    private final Outgoing kafka;
    private final Duration silence;
    private final Clock clock;

    HostProbes(Vertx vertx, Outgoing kafka, Duration silence, Clock clock) {
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS));
        this.kafka = kafka;
        this.silence = silence;
        this.clock = clock;
    }

    void heard(String hostId, String address) {
        hosts.put(hostId, new Heard(address, clock.millis()));
        unreachable.remove(hostId);
    }

    /** Tries those that are silent; once a second or so. */
    void probe() {
        long now = clock.millis();
        hosts.forEach((hostId, heard) -> {
            if (now - heard.at() > FORGET_MS) {
                hosts.remove(hostId, heard);
            } else if (now - heard.at() >= silence.toMillis()) {
                probe(hostId, heard);
            }
        });
    }

    private void probe(String hostId, Heard heard) {
        int colon = heard.address().lastIndexOf(':');
        if (colon < 1) {
            return;
        }
        int port;
        try {
            port = Integer.parseInt(heard.address().substring(colon + 1));
        } catch (NumberFormatException e) {
            LOG.debug("host {} has no address that could be tried: {}", hostId, heard.address());
            return;
        }
        client.connect(SocketAddress.inetSocketAddress(port, heard.address().substring(0, colon)))
                .onComplete(tried -> {
                    if (tried.succeeded()) {
                        tried.result().close();
                        if (unreachable.remove(hostId)) {
                            tell(hostId, HostSignalKind.REACHABLE);
                        }
                    } else {
                        // Each time: a signal may be lost, and the host's silence may still be too short.
                        unreachable.add(hostId);
                        tell(hostId, HostSignalKind.UNREACHABLE);
                    }
                });
    }

    private void tell(String hostId, HostSignalKind kind) {
        kafka.signal(
                hostId,
                HostSignal.newBuilder()
                        .setKind(kind)
                        .setAt(clock.millis())
                        .setHostId(hostId)
                        .build());
    }
}
