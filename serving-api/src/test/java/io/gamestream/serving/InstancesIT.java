package io.gamestream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.serving.testing.FakeLineage;
import io.gamestream.serving.testing.ReadLoad;
import io.gamestream.serving.testing.ServingClient;
import io.gamestream.serving.testing.ServingClient.Answer;
import io.gamestream.serving.testing.ServingProcess;
import io.gamestream.serving.testing.ServingSettings;
import io.gamestream.serving.testing.ViewProducer;
import io.gamestream.serving.testing.ViewSamples;
import io.gamestream.serving.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Three instances as processes: each answers any key, one is stopped, one is killed. */
@ExtendWith(StackExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstancesIT {

    private static final int USERS = 400;
    private static final String GROUP = "instances-it";

    private final Stack stack;
    private final ViewProducer views;
    private final FakeLineage lineage;
    private ServingProcess a;
    private ServingProcess b;
    private ServingProcess c;

    InstancesIT(Stack stack) {
        this.stack = stack;
        this.views = new ViewProducer(stack.kafka(), stack.registry());
        this.lineage = new FakeLineage(stack, GROUP);
        for (int i = 0; i < USERS; i++) {
            views.put(View.USERS, user(i), ViewSamples.user(user(i), 1));
        }
        views.flush();
        lineage.captured(lineage.nextLsn(), Instant.now());
        lineage.committed();
    }

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        a = instance("a", directory);
        b = instance("b", directory);
        c = instance("c", directory);
        List.of(a, b, c).forEach(each -> each.client().awaitReady());
        await().atMost(Duration.ofSeconds(60)).until(() -> owners(a.client()).size() == 3);
    }

    @AfterAll
    void stop() {
        views.close();
        lineage.close();
        List.of(a, b, c).forEach(ServingProcess::close);
    }

    @Test
    @Order(1)
    void eachAnswersAnyKeyAndSaysWhoDid() {
        for (ServingProcess each : List.of(a, b, c)) {
            assertThat(owners(each.client())).containsExactlyInAnyOrder(served(a), served(b), served(c));
        }
        String elsewhere = keyOf(b, a.client());
        Answer answer = a.client().get("/v1/users/" + elsewhere);
        assertThat(answer.header("Age-Ms")).isNotEmpty();
        assertThat(answer.header("Backbone-Role")).isEqualTo("active");
        assertThat(a.client()
                        .get("/v1/users/" + elsewhere, "If-None-Match", answer.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(a.client().get("/v1/users/ii-nobody").status()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void aPositionIsWaitedForWhereverTheKeyIs() {
        long lsn = lineage.nextLsn();
        String token = String.format(Locale.ROOT, "pg:%X/%X", lsn >>> 32, lsn & 0xFFFFFFFFL);
        String elsewhere = "/v1/users/" + keyOf(b, a.client());
        lineage.captured(lsn, Instant.now());
        assertThat(a.client()
                        .get(elsewhere, "Backbone-Position", token, "Backbone-Wait-Ms", "100")
                        .status())
                .isEqualTo(412);
        lineage.committed();
        Answer there = a.client().get(elsewhere, "Backbone-Position", token, "Backbone-Wait-Ms", "10000");
        assertThat(there.status()).isEqualTo(200);
        assertThat(there.header("Backbone-Served-By")).isEqualTo(served(b));
    }

    @Test
    @Order(3)
    void aSilentInstanceFailsNoRead() throws Exception {
        // Standbys answer only while they are young enough, and machines may be slow.
        lineage.pulse(lineage.nextLsn(), Instant.now());
        try (ReadLoad load = ReadLoad.start(a.client(), i -> "/v1/users/" + user(i), USERS)) {
            load.awaitReads(200);
            c.signal("STOP");
            load.awaitReads(1_000);
            c.signal("CONT");
            load.awaitReads(200);
            assertThat(load.failures()).isEmpty();
            assertThat(load.roles()).as("standbys have answered").contains("standby");
            assertThat(load.withoutAge())
                    .as("and each answer says how old it is")
                    .isZero();
        }
    }

    @Test
    @Order(4)
    void aKilledInstanceFailsNoReadAndItsStandbysTakeOver() {
        lineage.pulse(lineage.nextLsn(), Instant.now());
        try (ReadLoad load = ReadLoad.start(a.client(), i -> "/v1/users/" + user(i), USERS)) {
            load.awaitReads(200);
            b.kill();
            load.awaitReads(1_000);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !owners(a.client()).contains(served(b))
                            && roles(a.client()).equals(Set.of("active")));
            load.awaitReads(200);
            assertThat(load.failures()).isEmpty();
            assertThat(load.withoutAge()).isZero();
        }
        views.put(View.USERS, user(0), ViewSamples.user(user(0), 99));
        views.flush();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        c.client().get("/v1/users/" + user(0)).header("ETag").equals("W/\"63\""));
    }

    private ServingProcess instance(String name, Path directory) throws IOException {
        return ServingProcess.start(
                name, directory, new ServingSettings(stack, GROUP).with("serving.position.slot", GROUP));
    }

    private static String user(int i) {
        return "ii-" + i;
    }

    private static String served(ServingProcess by) {
        return "127.0.0.1:" + by.port();
    }

    private static String keyOf(ServingProcess owner, ServingClient client) {
        for (int i = 0; i < USERS; i++) {
            if (client.get("/v1/users/" + user(i)).header("Backbone-Served-By").equals(served(owner))) {
                return user(i);
            }
        }
        throw new AssertionError("no key of " + served(owner));
    }

    private static Set<String> owners(ServingClient client) {
        return headers(client, "Backbone-Served-By");
    }

    private static Set<String> roles(ServingClient client) {
        return headers(client, "Backbone-Role");
    }

    private static Set<String> headers(ServingClient client, String name) {
        Set<String> found = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Answer answer = client.get("/v1/users/" + user(i));
            assertThat(answer.status()).isEqualTo(200);
            found.add(answer.header(name));
        }
        return found;
    }
}
