package io.gamestream.serving.routing;

/** Another instance, as it announced itself to the group. */
public record Peer(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
