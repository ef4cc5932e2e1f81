package io.gamestream.payments.intake;

import static io.gamestream.payments.intake.TestIntake.BODY;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.connection.PostgresSettings;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The intake while others hold locks in Postgres. */
@ExtendWith(StackExtension.class)
class BusyIntakeIT {

    /** Shorter than the intake's own patience with Postgres. */
    private static final int AT_ONCE_SECONDS = 5;

    private final PostgresSettings postgres;
    private final String key = "busy-" + UUID.randomUUID();

    BusyIntakeIT(Stack stack) {
        postgres = stack.postgres();
    }

    @Test
    void whoComesWhileItIsFullIsSentAwayAtOnce() throws Exception {
        try (TestIntake intake = new TestIntake(postgres, 1, 1);
                Connection other = intake.connect()) {
            intake.insertCatalogue();
            blockKeys(other);
            CompletableFuture<HttpResponse<String>> first = order(intake, key);
            awaitBlocked(intake);
            HttpResponse<String> second = order(intake, key + "-2").get(AT_ONCE_SECONDS, TimeUnit.SECONDS);
            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(second.headers().firstValue("Retry-After")).contains("2");
            assertThat(TestIntake.slug(second)).isEqualTo("unavailable");
            assertThat(first).as("still waits").isNotDone();
            other.rollback();
            assertThat(first.join().statusCode()).isEqualTo(202);
            assertThat(intake.count("payments.idempotency WHERE key = '" + key + "-2'"))
                    .isZero();
            assertThat(order(intake, key + "-2").join().statusCode())
                    .as("its place is free again")
                    .isEqualTo(202);
        }
    }

    @Test
    void whoHasWaitedForTooLongIsSentAwayAndOrdersNothing() throws Exception {
        Duration patience = Duration.ofSeconds(1);
        try (TestIntake intake = new TestIntake(postgres, 1, 8, patience);
                Connection other = intake.connect()) {
            intake.insertCatalogue();
            blockKeys(other);
            CompletableFuture<HttpResponse<String>> first = order(intake, key);
            awaitBlocked(intake);
            CompletableFuture<HttpResponse<String>> second = order(intake, key + "-2");
            long sent = System.nanoTime();
            Awaitility.await("the second's patience is over")
                    .until(() -> System.nanoTime() - sent > 2 * patience.toNanos());
            other.rollback();
            assertThat(first.join().statusCode()).as("it was at work already").isEqualTo(202);
            assertThat(second.join().statusCode()).isEqualTo(503);
            assertThat(second.join().headers().firstValue("Retry-After")).isPresent();
            assertThat(intake.count("payments.idempotency WHERE key = '" + key + "-2'"))
                    .isZero();
        }
    }

    @Test
    void whoHasGoneAwayBeforeTheirTurnOrdersNothing() throws Exception {
        try (TestIntake intake = new TestIntake(postgres, 1, 8);
                Connection other = intake.connect()) {
            intake.insertCatalogue();
            blockKeys(other);
            CompletableFuture<HttpResponse<String>> first = order(intake, key);
            awaitBlocked(intake);
            try (Socket impatient = new Socket(InetAddress.getLoopbackAddress(), intake.port())) {
                OutputStream out = impatient.getOutputStream();
                out.write(("POST /v1/orders HTTP/1.1\r\nHost: intake\r\nContent-Type: application/json\r\n"
                                + "Idempotency-Key: " + key + "-2\r\nContent-Length: " + BODY.length() + "\r\n\r\n"
                                + BODY)
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            // A request is counted when it is answered or its client has gone, and the first one waits.
            Awaitility.await("it has come and gone").until(() -> intake.metrics()
                    .lines()
                    .anyMatch(line -> line.startsWith("http_requests_total{") && line.contains("/v1/orders")));
            other.rollback();
            assertThat(first.join().statusCode()).isEqualTo(202);
            // There is one thread, which takes them in turn: after this one the second has had its turn.
            assertThat(order(intake, key + "-3").join().statusCode()).isEqualTo(202);
            assertThat(intake.count("payments.idempotency WHERE key LIKE '" + key + "%'"))
                    .as("orders of the two who waited")
                    .isEqualTo(2);
            assertThat(intake.count("payments.idempotency WHERE key = '" + key + "-2'"))
                    .isZero();
        }
    }

    @Test
    void theSameRequestAtTheSameTimeIsToldToComeAgain() throws Exception {
        try (TestIntake intake = new TestIntake(postgres, 2, 8);
                Connection other = intake.connect()) {
            intake.insertCatalogue();
            other.setAutoCommit(false);
            try (PreparedStatement lock =
                    other.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
                lock.setString(1, key);
                lock.execute();
            }
            HttpResponse<String> inUse = order(intake, key).get(AT_ONCE_SECONDS, TimeUnit.SECONDS);
            assertThat(inUse.statusCode()).isEqualTo(409);
            assertThat(TestIntake.slug(inUse)).isEqualTo("idempotency-key-in-use");
            assertThat(TestIntake.json(inUse).path("detail").asText()).contains(key);
            other.rollback();
            assertThat(order(intake, key).join().statusCode()).isEqualTo(202);
        }
    }

    private static CompletableFuture<HttpResponse<String>> order(TestIntake intake, String key) {
        return intake.send("/v1/orders", "application/json", key, BODY);
    }

    /** Until it is rolled back, nobody reads or writes a key. */
    private static void blockKeys(Connection other) throws Exception {
        other.setAutoCommit(false);
        try (Statement lock = other.createStatement()) {
            lock.execute("LOCK TABLE payments.idempotency IN ACCESS EXCLUSIVE MODE");
        }
    }

    private static void awaitBlocked(TestIntake intake) {
        Awaitility.await("the intake waits for the lock")
                .until(() -> intake.count("pg_stat_activity WHERE application_name = 'payments-gateway'"
                                + " AND wait_event_type = 'Lock' AND query LIKE '%payments.idempotency%'")
                        == 1);
    }
}
