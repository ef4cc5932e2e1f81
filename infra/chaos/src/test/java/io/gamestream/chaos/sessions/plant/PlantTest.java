package io.gamestream.chaos.sessions.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.chaos.kit.plant.Plant;
import io.gamestream.chaos.kit.plant.Spot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlantTest {

    /** The router is no dependency of ours but for its being built before. */
    private static final Path ROUTER = Path.of("../../session-router/target/classes");

    static Stream<Plant> plants() {
        return Stream.concat(Arrays.stream(Bug.values()), Arrays.stream(Fault.values()));
    }

    /** A bug whose method has another name now would be planted nowhere, and its run would prove nothing. */
    @ParameterizedTest
    @MethodSource("plants")
    void theSpotsOfEachAreThere(Plant plant) throws IOException {
        assertThat(Files.isDirectory(ROUTER)).isTrue();
        TypePool pool = TypePool.Default.of(new ClassFileLocator.Compound(
                ClassFileLocator.ForClassLoader.of(PlantTest.class.getClassLoader()),
                new ClassFileLocator.ForFolder(ROUTER.toFile())));
        for (Spot spot : plant.spots()) {
            TypeDescription type = pool.describe(spot.type()).resolve();
            assertThat(type.getDeclaredMethods().filter(ElementMatchers.named(spot.method())))
                    .as("%s.%s", spot.type(), spot.method())
                    .isNotEmpty();
        }
    }

    @Test
    void aBugIsNamedAsOnTheCommandLine() {
        assertThat(Bug.named("grants-twice")).isEqualTo(Bug.GRANTS_TWICE);
        assertThatThrownBy(() -> Bug.named("none")).hasMessageContaining("grants-twice");
    }
}
