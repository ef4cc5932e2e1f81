package io.gamestream.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.gamestream.runtime.kafka.ProducerTransactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
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
                        .resideInAPackage(packageOf("schemas"))
                        .should()
                        .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                                "are of another module",
                                type -> type.getPackageName().startsWith("io.gamestream.")
                                        && !type.getPackageName().startsWith("io.gamestream.schemas"))),
                "the shared language stands below everything");
    }

    @Test
    void runtimeKnowsOnlySchemas() {
        apart(
                "runtime",
                List.of("agent", "bench", "cdc", "chaos", "local", "payments", "router", "serving", "topology"),
                "what every service stands on knows no service");
    }

    @Test
    void servicesDoNotKnowEachOther() {
        apart(
                "cdc",
                List.of("agent", "local", "payments", "router", "serving", "topology"),
                "services talk through topics");
        apart(
                "payments",
                List.of("agent", "cdc", "local", "router", "serving", "topology"),
                "the gateway and the worker share only contracts with the saga, and only HTTP with the simulator");
        apart(
                "router",
                List.of("agent", "cdc", "local", "payments", "serving", "topology"),
                "the router answers from committed records, never from a topology's store");
        apart(
                "topology",
                List.of("agent", "cdc", "local", "payments", "router", "serving"),
                "topologies never serve readers");
        apart(
                "serving",
                List.of("agent", "cdc", "local", "payments", "router"),
                "the serving API reads topics and nothing else");
        apart(
                "local",
                List.of("bench", "cdc", "chaos", "payments", "router", "serving", "topology"),
                "the launcher starts services as processes, by their class paths");
    }

    @Test
    void theHostAgentKnowsOnlyHttp() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(packageOf("agent"))
                        .should()
                        .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                                "are of another module",
                                type -> type.getPackageName().startsWith("io.gamestream.")
                                        && !type.getPackageName().startsWith("io.gamestream.agent"))),
                "it runs on hosts, where nothing else of ours is");
    }

    @Test
    void enginesStayAtHome() {
        only("io.debezium..", "cdc", "Debezium brings Kafka Connect, Jetty and Jersey");
        only("org.apache.kafka.connect..", "cdc", "Connect is Debezium's");
        only("org.apache.lucene..", "serving", "search is the serving API's");
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(packageOf("topology"), packageOf("serving"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.kafka.streams.."),
                "Kafka Streams is for topologies and for the serving stores");
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(packageOf("local"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("kafka..", "io.zonky..", "redis.embedded.."),
                "embedded parts belong to the embedded stack");
    }

    /** The bare commit loses a record now and then. */
    @Test
    void transactionsEndInOnePlace() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(ProducerTransactions.class.getName())
                        .should()
                        .accessTargetWhere(JavaAccess.Predicates.target(HasName.Predicates.name("commitTransaction"))
                                .and(JavaAccess.Predicates.target(HasOwner.Predicates.With.owner(
                                        JavaClass.Predicates.assignableTo(Producer.class))))),
                "ProducerTransactions.commit waits for every record first");
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
        Stream.of("bench", "cdc", "chaos", "local", "payments", "runtime", "schemas", "serving", "topology")
                .forEach(module -> check(cycles(module), "a feature can be read alone"));
        // One package each up to now, so that there is nothing to compare.
        Stream.of("agent", "router")
                .forEach(module -> cycles(module).allowEmptyShould(true).check(ours));
    }

    private static ArchRule cycles(String module) {
        return slices().matching(packageOf(module).replace("..", ".(*).."))
                .should()
                .beFreeOfCycles();
    }

    @Test
    void nobodyPrintsOrUsesJavaUtilLogging() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING, "logs go through SLF4J");
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                packageOf("bench"),
                                packageOf("chaos"),
                                "io.gamestream.local.cli",
                                "io.gamestream.local.load",
                                "io.gamestream.runtime.service")
                        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS),
                "only commands have a user in front of them; services log");
    }

    private static void apart(String module, List<String> others, String because) {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(packageOf(module))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(others.stream()
                                .map(ModuleBordersTest::packageOf)
                                .toArray(String[]::new)),
                because);
    }

    /** Of a module; a rule about one that has been renamed would hold of nothing. */
    private static String packageOf(String module) {
        String name = "io.gamestream." + module;
        assertThat(ours.containPackage(name)).as("package %s", name).isTrue();
        return name + "..";
    }

    private static void only(String engine, String home, String because) {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(packageOf(home))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(engine),
                because);
    }

    private static void check(ArchRule rule, String because) {
        rule.because(because).check(ours);
    }
}
