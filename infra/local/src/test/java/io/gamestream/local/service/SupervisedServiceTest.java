package io.gamestream.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.ClassArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedServiceTest {

    @TempDir
    Path dir;

    private final List<String> problems = new CopyOnWriteArrayList<>();

    @Test
    void aStartThatFailsIsToldOnceAndTriedAgain() throws IOException {
        Path obstacle = Files.writeString(dir.resolve("run"), "where the directory should be");
        try (SupervisedService service = service(WhenItDies.START_AGAIN)) {
            service.start();
            assertThat(service.process()).isNull();
            assertThat(problems).singleElement().asString().startsWith("one can't be started: ");
            Files.delete(obstacle);
            await().until(() -> service.process() != null);
            assertThat(problems).hasSize(1);
        }
    }

    @Test
    void whoIsLeftAloneWhenItDiesIsNotTriedAgainEither() throws IOException {
        Path obstacle = Files.writeString(dir.resolve("run"), "where the directory should be");
        try (SupervisedService service = service(WhenItDies.LEAVE_IT)) {
            service.start();
            Files.delete(obstacle);
            await().during(RestartPolicy.fresh().died(Duration.ZERO).pause().multipliedBy(2))
                    .until(() -> service.process() == null);
        }
    }

    @Test
    void whatDiesWhileARunIsClosedStaysDead() throws IOException {
        try (SupervisedService service = service(WhenItDies.START_AGAIN)) {
            service.start();
            ChildProcess first = Objects.requireNonNull(service.process());
            service.startNoneAgain();
            assertThat(first.isAlive()).isTrue();
            first.close();
            await().during(RestartPolicy.fresh().died(Duration.ZERO).pause().multipliedBy(2))
                    .until(() -> service.process() == first && !first.isAlive());
        }
    }

    private SupervisedService service(WhenItDies whenItDies) {
        return new SupervisedService(
                ChildProcess.Spec.of("one", List.of("sh", "-c", "sleep 100; : " + dir), dir, dir.resolve("one.log")),
                new ClassArchive("one", dir.resolve("one.jsa"), dir.resolve("one.classes"), "x.jar"),
                whenItDies,
                problems::add);
    }
}
