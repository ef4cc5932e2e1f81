package io.gamestream.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, and heavy engines stay in their own module (docs/adr/0001). */
class ModuleBordersTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final List<String> MODULES = List.of(
            "schemas",
            "runtime",
            "topology",
            "connectors/cdc",
            "connectors/payments",
            "host-agent",
            "session-router",
            "serving-api",
            "infra/local",
            "infra/bench",
            "infra/chaos");

    private static JavaClasses ours;

    @BeforeAll
    static void importEveryModule() {
        List<Path> compiled = MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPaths(compiled);
    }

    @Test
    void everyModuleIsLookedAt() {
        for (String module : MODULES) {
            assertThat(ROOT.resolve(module).resolve("target/classes"))
                    .as("run the whole reactor, so that %s is compiled", module)
                    .isDirectory();
        }
        assertThat(ours.size()).isGreaterThan(100);
    }

    @Test
    void schemasKnowNobody() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.gamestream.schemas..")
                        .should()
                        .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                                "are of another module",
                                type -> type.getPackageName().startsWith("io.gamestream.")
                                        && !type.getPackageName().startsWith("io.gamestream.schemas"))),
                "the shared language stands below everything");
    }

    @Test
    void runtimeKnowsOnlySchemas() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.gamestream.runtime..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.gamestream.topology..",
                                "io.gamestream.cdc..",
                                "io.gamestream.payments..",
                                "io.gamestream.router..",
                                "io.gamestream.serving..",
                                "io.gamestream.local..",
                                "io.gamestream.bench..",
                                "io.gamestream.chaos.."),
                "what every service stands on knows no service");
    }

    @Test
    void servicesDoNotKnowEachOther() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.gamestream.cdc..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.gamestream.topology..", "io.gamestream.serving..", "io.gamestream.local.."),
                "services talk through topics");
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.gamestream.payments..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.gamestream.cdc..",
                                "io.gamestream.topology..",
                                "io.gamestream.serving..",
                                "io.gamestream.local.."),
                "the gateway and the worker share only contracts with the saga, and only HTTP with the simulator");
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.gamestream.router..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.gamestream.cdc..",
                                "io.gamestream.payments..",
                                "io.gamestream.topology..",
                                "io.gamestream.serving..",
                                "io.gamestream.local.."),
                "the router answers from committed records, never from a topology's store");
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.gamestream.topology..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.gamestream.cdc..", "io.gamestream.serving..", "io.gamestream.local.."),
                "topologies never serve readers");
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.gamestream.serving..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.gamestream.cdc..", "io.gamestream.local.."),
                "the serving API reads topics and nothing else");
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.gamestream.local..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.gamestream.cdc..",
                                "io.gamestream.payments..",
                                "io.gamestream.router..",
                                "io.gamestream.topology..",
                                "io.gamestream.serving.."),
                "the launcher starts services as processes, by their class paths");
    }

    @Test
    void theHostAgentKnowsOnlyHttp() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.gamestream.agent..")
                        .should()
                        .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                                "are of another module",
                                type -> type.getPackageName().startsWith("io.gamestream.")
                                        && !type.getPackageName().startsWith("io.gamestream.agent"))),
                "it runs on hosts, where nothing else of ours is");
    }

    @Test
    void enginesStayAtHome() {
        only("io.debezium..", "io.gamestream.cdc..", "Debezium brings Kafka Connect, Jetty and Jersey");
        only("org.apache.kafka.connect..", "io.gamestream.cdc..", "Connect is Debezium's");
        only("org.apache.lucene..", "io.gamestream.serving..", "search is the serving API's");
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("io.gamestream.topology..", "io.gamestream.serving..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.kafka.streams.."),
                "Kafka Streams is for topologies and for the serving stores");
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.gamestream.local..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("kafka..", "io.zonky..", "redis.embedded.."),
                "embedded parts belong to the embedded stack");
    }

    @Test
    void rulesArePure() {
        check(
                classes()
                        .that()
                        .haveSimpleNameEndingWith("Rules")
                        .or()
                        .haveSimpleNameEndingWith("Machine")
                        .should()
                        .onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                                "know no Kafka, no files and no network",
                                type -> !type.getPackageName().startsWith("org.apache.kafka")
                                        && !type.getPackageName().startsWith("java.net")
                                        && !type.getPackageName().startsWith("java.nio.file")
                                        && !type.getPackageName().startsWith("java.sql"))),
                "rules are pure functions, so that they can be replayed and tested exhaustively");
    }

    @Test
    void packagesHaveNoCycles() {
        Stream.of("topology", "cdc", "payments", "router", "serving", "local", "runtime", "schemas")
                .forEach(module -> check(
                        slices().matching("io.gamestream." + module + ".(*)..")
                                .should()
                                .beFreeOfCycles(),
                        "a feature can be read alone"));
    }

    @Test
    void nobodyPrintsOrUsesJavaUtilLogging() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING, "logs go through SLF4J");
    }

    private static void only(String engine, String home, String because) {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(home)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(engine),
                because);
    }

    private static void check(ArchRule rule, String because) {
        rule.because(because).allowEmptyShould(true).check(ours);
    }
}
