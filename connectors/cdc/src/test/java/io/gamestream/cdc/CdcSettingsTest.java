package io.gamestream.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.cdc.CdcSettings.OnTruncate;
import io.gamestream.cdc.CdcSettings.OnUnmappable;
import io.gamestream.cdc.source.TableName;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.runtime.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CdcSettingsTest {

    @TempDir
    Path dir;

    @Test
    void defaultsAreThoseOfTheReference() {
        CdcSettings cdc = settings(Map.of());
        assertThat(cdc.slot()).isEqualTo("backbone");
        assertThat(cdc.publication()).isEqualTo("backbone");
        assertThat(cdc.signalTable()).isEqualTo("cdc.signals");
        assertThat(cdc.onUnmappable()).isEqualTo(OnUnmappable.STOP);
        assertThat(cdc.onTruncate()).isEqualTo(OnTruncate.STOP);
        assertThat(cdc.manageReplicaIdentity()).isTrue();
        assertThat(cdc.createTopics()).isEqualTo(Allowed.LOOPBACK);
        assertThat(cdc.registerSchemas()).isEqualTo(Allowed.LOOPBACK);
        assertThat(cdc.pulse()).isEqualTo(Duration.ofMillis(100));
        assertThat(cdc.retryFor()).isEqualTo(Duration.ofMinutes(15));
        assertThat(cdc.transaction().maxAge()).isEqualTo(Duration.ofSeconds(20));
        assertThat(cdc.captured())
                .extracting(TableName::toString)
                .containsExactly("identity.users", "catalog.games", "payments.orders", "payments.outbox");
        assertThat(cdc.outbox().get(0).routes())
                .containsExactly(
                        Map.entry("order-command", new OutboxSettings.Route("payments.order-commands.v1", null, 4)));
        assertThat(cdc.http().port()).isEqualTo(8181);
    }

    @Test
    void everySettingIsMapped() throws IOException {
        CdcSettings cdc = Settings.load(file("""
                                backbone.cdc {
                                  slot = shop, publication = shop_pub, signal-table = "shop.signals"
                                  on-unmappable = dead-letter, on-truncate = tombstones, manage-replica-identity = false
                                  create-topics = true, register-schemas = false, pulse = 1s, retry-for = 1m
                                  engine {
                                    poll-interval = 7ms, max-batch-size = 10, max-queue-size = 20, max-queue-bytes = 30
                                    threads = 2, snapshot-fetch-size = 40, snapshot-threads = 3, incremental-chunk-size = 50
                                    properties { snapshot.lock.timeout.ms = 60 }
                                  }
                                  transaction { timeout = 3s, max-rows = 70, properties { linger.ms = 1 } }
                                  tables = [{
                                    table = "shop.orders", topic = "shop.orders.v1", schema = "orders.avsc", key = [a, b]
                                    fields { total = amount }, partitions = 8
                                  }]
                                  outbox = [{
                                    table = "shop.outbox", id = nr, aggregate-type = kind, aggregate-id = of, event-type = what
                                    payload = body, routes { order { topic = "shop.events.v1", schema = "e.avsc", partitions = 2 } }
                                  }]
                                  http { host = "0.0.0.0", port = 9 }
                                }
                                """), Map.of(), Map.of()).bind("cdc", CdcSettings.class);
        assertThat(cdc.slot()).isEqualTo("shop");
        assertThat(cdc.publication()).isEqualTo("shop_pub");
        assertThat(cdc.signalTable()).isEqualTo("shop.signals");
        assertThat(cdc.onUnmappable()).isEqualTo(OnUnmappable.DEAD_LETTER);
        assertThat(cdc.onTruncate()).isEqualTo(OnTruncate.TOMBSTONES);
        assertThat(cdc.manageReplicaIdentity()).isFalse();
        assertThat(cdc.createTopics()).isEqualTo(Allowed.TRUE);
        assertThat(cdc.registerSchemas()).isEqualTo(Allowed.FALSE);
        assertThat(cdc.pulse()).isEqualTo(Duration.ofSeconds(1));
        assertThat(cdc.retryFor()).isEqualTo(Duration.ofMinutes(1));
        assertThat(cdc.engine())
                .isEqualTo(new CdcSettings.EngineSettings(
                        Duration.ofMillis(7), 10, 20, 30, 2, 40, 3, 50, Map.of("snapshot.lock.timeout.ms", "60")));
        assertThat(cdc.transaction())
                .isEqualTo(new CdcSettings.TransactionSettings(Duration.ofSeconds(3), 70, Map.of("linger.ms", "1")));
        assertThat(cdc.tables())
                .containsExactly(new TableSettings(
                        TableName.parse("shop.orders"),
                        "shop.orders.v1",
                        "orders.avsc",
                        List.of("a", "b"),
                        Map.of("total", "amount"),
                        8));
        assertThat(cdc.outbox())
                .containsExactly(new OutboxSettings(
                        TableName.parse("shop.outbox"),
                        new OutboxSettings.Columns("nr", "kind", "of", "what", "body"),
                        Map.of("order", new OutboxSettings.Route("shop.events.v1", "e.avsc", 2))));
        assertThat(cdc.http().port()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cdc.slot ; Shop-1 ; slot: 'Shop-1'",
                "cdc.publication ; '' ; publication: ''",
                "cdc.on-unmappable ; ignore ; on-unmappable",
                "cdc.on-truncate ; ignore ; on-truncate",
                "cdc.create-topics ; maybe ; create-topics",
                "cdc.pulse ; 0ms ; pulse: 0",
                "cdc.engine.poll-interval ; 0ms ; poll-interval: 0",
                "cdc.engine.max-queue-size ; 2048 ; max-queue-size: 2048 (expected: >= 2049)",
                "cdc.engine.threads ; many ; threads",
                "cdc.transaction.timeout ; 10ms ; timeout: 10 (expected: >= 1000)",
                "cdc.transaction.max-rows ; 0 ; max-rows: 0",
                "cdc.tables ; [] ; tables: [] (expected: at least one)",
                "cdc.tables ; [{ table = orders, topic = t }] ; table: 'orders' (expected: schema.table)",
                "cdc.tables ; [{ table = \"a.b\" }] ; an entry of cdc.tables has no 'topic'",
                "cdc.tables ; [{ table = \"a.b\", topic = \"\" }] ; topic of a.b: ''",
                "cdc.tables ; [{ table = \"a.b\", topic = t, partitions = 0 }] ; partitions of t: 0",
                "cdc.tables ; [{ table = \"a.b\", topic = t, partitions = few }] ; partitions: few (expected: a number)",
                "cdc.tables ; [{ table = \"a.b\", topic = t, keys = [x] }] ; 'keys' in an entry of cdc.tables is unknown",
                "cdc.tables ; [{ table = \"a.b\", topic = t, key = x }] ; key: x (expected: a list)",
                "cdc.tables ; [{ table = \"a.b\", topic = t }, { table = \"a.b\", topic = u }] ; tables: a.b -> u",
                "cdc.tables ; [{ table = \"a.b\", topic = t }, { table = \"a.c\", topic = t }] ; tables: a.c -> t",
                "cdc.outbox ; [{ table = \"a.o\" }] ; routes of outbox a.o: {}",
                "cdc.outbox ; [{ table = \"a.o\", routes { x { } } }] ; an entry of cdc.outbox.routes has no 'topic'",
                "cdc.outbox ; [{ table = \"catalog.games\", routes { x { topic = t } } }] ; outbox: catalog.games",
            })
    void aWrongSettingNamesItself(String path, String value, String message) {
        Map<String, String> wrong = new HashMap<>(Map.of("cdc.outbox", "[]"));
        wrong.put(path, value);
        assertThatThrownBy(() -> settings(wrong))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void loopbackIsThisMachineAlone() {
        assertThat(Allowed.LOOPBACK.holds("127.0.0.1:9092,localhost:9093,[::1]:9094"))
                .isTrue();
        assertThat(Allowed.LOOPBACK.holds("127.0.0.1:9092,192.0.2.7:9092")).isFalse();
        assertThat(Allowed.TRUE.holds("192.0.2.7:9092")).isTrue();
        assertThat(Allowed.FALSE.holds("127.0.0.1:9092")).isFalse();
    }

    private static CdcSettings settings(Map<String, String> overrides) {
        return Settings.load(null, Map.of(), overrides).bind("cdc", CdcSettings.class);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("cdc.conf"), text);
    }
}
