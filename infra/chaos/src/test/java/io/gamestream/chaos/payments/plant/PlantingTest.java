package io.gamestream.chaos.payments.plant;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.kit.plant.PlantAgent;
import io.gamestream.chaos.kit.plant.Planting;
import io.gamestream.chaos.kit.plant.Spot;
import io.gamestream.chaos.payments.plan.Target;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlantingTest {

    @TempDir
    Path directory;

    /** A bug whose method has another name now would be planted nowhere, and its run would prove nothing. */
    @ParameterizedTest
    @EnumSource(Bug.class)
    void theSpotOfEachBugIsThere(Bug bug) {
        Spot spot = bug.spots().get(0);
        TypePool pool = TypePool.Default.of(ClassFileLocator.ForClassLoader.of(PlantingTest.class.getClassLoader()));
        TypeDescription type = pool.describe(spot.type()).resolve();
        assertThat(type.getDeclaredMethods().filter(ElementMatchers.named(spot.method())))
                .as("%s.%s", spot.type(), spot.method())
                .isNotEmpty();
    }

    @Test
    void onlyAServiceThatIsToHaveABugGetsTheAgent() throws IOException {
        Planting planting = Planting.in(directory);
        ServiceSpec worker = ServiceTable.of(Target.WORKER.service());
        assertThat(planting.into(worker, List.of(Bug.LOGS_THE_KEY)).jvmFlags())
                .anyMatch(flag -> flag.startsWith("-javaagent:") && flag.endsWith("#LOGS_THE_KEY"));
        assertThat(planting.into(worker, List.of())).isEqualTo(worker);
        try (JarFile jar = new JarFile(directory.resolve("plant.jar").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Premain-Class"))
                    .isEqualTo(PlantAgent.class.getName());
            assertThat(jar.stream()).as("nothing but its manifest").hasSizeLessThanOrEqualTo(2);
        }
    }
}
