package io.gamestream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.stack.LocalPorts;
import io.gamestream.local.stack.StackException;
import io.gamestream.runtime.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UrlsTest {

    private static final String ADMIN = "payments-gateway.admin.http.port";

    @Test
    void aBusySecondDoorIsNamedWithItsSetting() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Urls urls = urls(LocalPorts.free(), busy.getLocalPort());
            assertThatThrownBy(() -> LocalPorts.requireFree(urls.ports()))
                    .isInstanceOf(StackException.class)
                    .hasMessageStartingWith(
                            "port " + busy.getLocalPort() + " for payments-gateway is in use (setting " + ADMIN + ");");
        }
    }

    @Test
    void aServiceIsFoundAtItsFirstDoor() {
        assertThat(urls(7, 8).of("payments-gateway")).isEqualTo("http://127.0.0.1:7");
    }

    private static Urls urls(int port, int adminPort) {
        Map<String, String> settings = Map.of(
                "payments-gateway.http.host",
                LocalPorts.HOST,
                "payments-gateway.http.port",
                Integer.toString(port),
                "payments-gateway.admin.http.host",
                LocalPorts.HOST,
                ADMIN,
                Integer.toString(adminPort));
        return Urls.of(List.of(ServiceTable.of("payments-gateway")), Settings.load(null, Map.of(), settings));
    }
}
