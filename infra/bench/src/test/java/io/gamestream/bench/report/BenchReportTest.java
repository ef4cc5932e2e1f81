package io.gamestream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {

    @TempDir
    Path dir;

    @Test
    void aMissedFigureIsShownAsMissed() throws IOException {
        BenchReport report = new BenchReport("sample");
        report.add(Figure.atMost("latency p50", 12.34, 20, "ms"));
        assertThat(report.allMet()).isTrue();
        report.add(Figure.atLeast("rate", 24_999, 25_000, "rows/s"));
        assertThat(report.allMet()).isFalse();

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "| sample      | measured      | must             | met |",
                        "| ----------- | ------------- | ---------------- | --- |",
                        "| latency p50 | 12.3 ms       | <= 20 ms         | yes |",
                        "| rate        | 24,999 rows/s | >= 25,000 rows/s | NO  |");
        JsonNode json = new ObjectMapper().readTree(report.write(dir).toFile());
        assertThat(json.at("/figures/1/verdict").asText()).isEqualTo("MISSED");
    }
}
