package io.gamestream.runtime.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with a document stops the start, and says where. */
class ApiDocumentTest {

    @Test
    void aPlaceholderWithoutAValueIsNamed() {
        assertThatThrownBy(() -> load("sample-openapi.json", Map.of())).hasMessageContaining("${maxLimit}");
    }

    @Test
    void aValueThatTheDocumentDoesNotSpeakOfIsNamed() {
        assertThatThrownBy(() -> load("sample-openapi.json", Map.of("maxLimit", 10, "maxWait", 5)))
                .hasMessageContaining("maxWait");
    }

    @Test
    void aBoundThatNobodyWouldCheckIsRefused() {
        assertThatThrownBy(() -> load("unchecked-openapi.json", Map.of()))
                .hasMessageContaining("GET /v1/things")
                .hasMessageContaining("name")
                .hasMessageContaining("pattern");
    }

    @Test
    void anOperationsEndpointCannotBeDescribedAgain() {
        assertThatThrownBy(() -> load("twice-openapi.json", Map.of())).hasMessageContaining("/healthz");
    }

    private static ApiDocument load(String resource, Map<String, ?> values) {
        return ApiDocument.load(ApiDocumentTest.class, resource, values);
    }
}
