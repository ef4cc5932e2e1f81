package io.gamestream.payments;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Signed events, signatures and decline codes; tests that need them skip themselves where they are missing. */
public final class TestData {

    private TestData() {}

    /** The signed events, one by one. */
    public static List<JsonNode> signedEvents() {
        List<JsonNode> events = new ArrayList<>();
        for (String line : lines("signed-events.jsonl")) {
            events.add(json(line));
        }
        return events;
    }

    /** The known answers of a verifier. */
    public static List<JsonNode> signatureVectors() {
        List<JsonNode> vectors = new ArrayList<>();
        json(String.join("\n", lines("signature-vectors.json"))).forEach(vectors::add);
        return vectors;
    }

    private static List<String> lines(String name) {
        Path file = Path.of(System.getProperty("data.dir", "."), "stripe-derived", name);
        Assumptions.assumeTrue(Files.isReadable(file), () -> "the data is not there: " + file);
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
