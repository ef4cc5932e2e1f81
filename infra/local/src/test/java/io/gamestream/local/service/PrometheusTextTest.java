package io.gamestream.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    private final PrometheusText text = new PrometheusText("""
            # HELP http_requests_total Requests answered
            # TYPE http_requests_total counter
            http_requests_total{method="GET",route="/v1/games",status_code="200"} 12.0
            http_requests_total{method="GET",route="/v1/games",status_code="503"} 2.0
            http_requests_total{method="GET",route="/readyz",status_code="503"} 7.0
            http_requests_total_created{method="GET"} 1.7E9
            lag_ms 4.5 1700000000
            lag_ms{slot="b"} NaN
            """);

    @Test
    void sumsOverAllLabels() {
        assertThat(text.sum("http_requests_total", Map.of())).isEqualTo(21);
    }

    @Test
    void sumsWhatHasTheLabels() {
        assertThat(text.sum("http_requests_total", Map.of("route", "/v1", "status_code", "5")))
                .isEqualTo(2);
    }

    @Test
    void leavesTimestampsAndWhatIsNoNumberOut() {
        assertThat(text.max("lag_ms")).hasValue(4.5);
    }

    @Test
    void aMetricThatIsNotThereIsNothing() {
        assertThat(text.sum("cdc_rows_total", Map.of())).isZero();
        assertThat(text.max("cdc_rows_total")).isEmpty();
    }
}
