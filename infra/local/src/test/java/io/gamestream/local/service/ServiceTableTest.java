package io.gamestream.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTableTest {

    @Test
    void theProductsServicesAreStartedFromTheSourceToTheReader() {
        assertThat(ServiceTable.all())
                .extracting(ServiceSpec::name)
                .containsExactly(
                        "cdc",
                        "catalog",
                        "sessions",
                        "session-router",
                        "transaction-guard",
                        "serving-api",
                        "payments",
                        "payments-gateway",
                        "payments-worker",
                        "payments-reconciliation",
                        "psp");
    }

    @Test
    void aLineIsAService() {
        assertThat(
                        ServiceTable.parse(
                                "# name\n\na | m/a | x.Main | a.http a.admin.http | -Xmx1g -Xms2m | s.dir={data}/s | on demand\n"))
                .containsExactly(new ServiceSpec(
                        "a",
                        "m/a",
                        "x.Main",
                        "a.http",
                        List.of("a.admin.http"),
                        List.of("-Xmx1g", "-Xms2m"),
                        List.of("s.dir={data}/s"),
                        ServiceSpec.Start.ON_DEMAND,
                        "a"));
    }

    @Test
    void aLineWithAColumnTooFewIsRefused() {
        assertThatThrownBy(() -> ServiceTable.parse("a | m/a | x.Main"))
                .hasMessageContaining("a | m/a | x.Main")
                .hasMessageContaining("expected: 7 columns");
    }

    @Test
    void servicesOfOneModuleShareAProcessWithFlagsOfItsOwn() {
        List<ServiceSpec> services = ServiceTable.parse("""
                a | m | x.A | a.http | -Xmx1m | | process
                b | m | x.B | b.http | -Xmx2m | | in both
                c | m | x.C | c.http | -Xmx3m | | in both
                """);
        List<ServiceGroup> groups = ServiceTable.groups(services, ServiceTable.flags("both | -Xmx5m -Xms1m\n"));

        assertThat(groups).extracting(ServiceGroup::name).containsExactly("a", "both");
        assertThat(groups.get(0).mainClass()).isEqualTo("x.A");
        assertThat(groups.get(0).arguments(spec -> List.of("--of", spec.name())))
                .containsExactly("--of", "a");
        assertThat(groups.get(1).jvmFlags()).containsExactly("-Xmx5m", "-Xms1m");
        assertThat(groups.get(1).mainClass()).isEqualTo("io.gamestream.runtime.service.ServicesMain");
        assertThat(groups.get(1).arguments(spec -> List.of("--of", spec.name())))
                .containsExactly("x.B", "--of", "b", "--", "x.C", "--of", "c");
    }

    @Test
    void aSharedProcessMustBeKnownAndOfOneModule() {
        List<ServiceSpec> services =
                ServiceTable.parse("a | m | x.A | a.http | | | in both\nb | n | x.B | b.http | | | in both\n");

        assertThatThrownBy(() -> ServiceTable.groups(services, ServiceTable.flags("other | -Xmx5m")))
                .hasMessageContaining("a in both (expected: one of [other])");
        assertThatThrownBy(() -> ServiceTable.groups(services, ServiceTable.flags("both | -Xmx5m")))
                .hasMessageContaining("process both: [m, n] (expected: services of one module)");
    }

    @Test
    void everyProcessOfTheProductIsKnown() {
        assertThat(ServiceTable.groups(ServiceTable.all()))
                .extracting(ServiceGroup::name)
                .contains("streams", "payments-doors");
    }
}
