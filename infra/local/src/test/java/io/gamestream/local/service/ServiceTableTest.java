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
                        "serving-api",
                        "payments",
                        "payments-gateway",
                        "payments-worker",
                        "payments-reconciliation",
                        "psp");
    }

    @Test
    void aLineIsAService() {
        assertThat(ServiceTable.parse(
                        "# name\n\na | m/a | x.Main | a.http | -Xmx1g -Xms2m | s.dir={data}/s | on demand\n"))
                .containsExactly(new ServiceSpec(
                        "a",
                        "m/a",
                        "x.Main",
                        "a.http",
                        List.of("-Xmx1g", "-Xms2m"),
                        List.of("s.dir={data}/s"),
                        ServiceSpec.Start.ON_DEMAND));
    }

    @Test
    void aLineWithAColumnTooFewIsRefused() {
        assertThatThrownBy(() -> ServiceTable.parse("a | m/a | x.Main"))
                .hasMessageContaining("a | m/a | x.Main")
                .hasMessageContaining("expected: 7 columns");
    }
}
