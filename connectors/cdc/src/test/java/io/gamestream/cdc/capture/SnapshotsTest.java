package io.gamestream.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.cdc.source.TableName;
import io.gamestream.runtime.connection.PostgresSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SnapshotsTest {

    private static final TableName ROWS = TableName.parse("shop.rows");

    @Test
    void whatIsKnownCanBeReadWhileTheDatabaseDoesNotAnswer() throws Exception {
        Snapshots snapshots;
        CompletableFuture<Void> asked;
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            snapshots = new Snapshots(new PostgresSettings(
                    silent.getInetAddress().getHostAddress(), silent.getLocalPort(), "shop", "cdc", "", Map.of()));
            snapshots.useSignals(TableName.parse("cdc.signals"));
            asked = CompletableFuture.runAsync(() -> request(snapshots));
            try (Socket connection = silent.accept()) {
                assertThat(CompletableFuture.supplyAsync(snapshots::all).get(5, TimeUnit.SECONDS))
                        .isEmpty();
                assertThat(asked).isNotDone();
                assertThat(connection.isConnected()).isTrue();
            }
        }
        assertThatThrownBy(() -> asked.get(20, TimeUnit.SECONDS)).hasMessageContaining("SQLException");
        assertThat(snapshots.all()).as("nothing was asked for").isEmpty();
    }

    private static void request(Snapshots snapshots) {
        try {
            snapshots.request(List.of(ROWS), null);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
