package io.gamestream.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the gate shuts on what it must, and opens for what it should. */
class SchemaGateTest {

    private static final String SUBJECT = "shop.orders.v1-value";
    private static final String LINE = """
            {"type": "record", "name": "Line", "fields": [{"name": "quantity", "type": "int"}]}""";
    private static final String FIRST = order("""
            {"name": "id", "type": "string"},
            {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
            {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["NEW", "PAID", "LOST"]}},
            {"name": "lines", "type": {"type": "array", "items": %s}}""".formatted(LINE));

    @TempDir
    private Path directory;

    @BeforeEach
    void commitTheFirstVersion() throws IOException {
        history().accept(SUBJECT, parse(FIRST));
    }

    @Test
    void passesWhatHasNotChanged() throws IOException {
        assertThat(history().problems(SUBJECT, parse(FIRST))).isEmpty();
    }

    @Test
    void refusesANewFieldWithoutADefault() throws IOException {
        assertThat(problems(FIRST.replace(
                        "{\"name\": \"id\"", "{\"name\": \"note\", \"type\": \"string\"}, {\"name\": \"id\"")))
                .singleElement()
                .asString()
                .contains(
                        "shop.Order (" + SUBJECT + ") cannot read version 1",
                        "field note",
                        "READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void refusesARemovedEnumSymbol() throws IOException {
        assertThat(problems(FIRST.replace(", \"LOST\"", "")))
                .singleElement()
                .asString()
                .contains("field status", "MISSING_ENUM_SYMBOLS", "LOST");
    }

    @Test
    void refusesAChangedTypeHoweverDeep() throws IOException {
        assertThat(problems(FIRST.replace("\"quantity\", \"type\": \"int\"", "\"quantity\", \"type\": \"string\"")))
                .singleElement()
                .asString()
                .contains("field lines.quantity", "TYPE_MISMATCH");
    }

    @Test
    void refusesAChangedMeaning() throws IOException {
        assertThat(problems(FIRST.replace("timestamp-micros", "timestamp-millis")))
                .singleElement()
                .asString()
                .contains("field at", "LOGICAL_TYPE_CHANGED", "was timestamp-micros, is timestamp-millis");
    }

    @Test
    void refusesABreakWithAnyEarlierVersionNotOnlyTheLast() throws IOException {
        String noStatus = FIRST.replaceAll("(?m)^.*\"status\".*\\R", "");
        history().accept(SUBJECT, parse(noStatus));
        String otherStatus = noStatus.replace(
                "{\"name\": \"id\"", "{\"name\": \"status\", \"type\": \"int\", \"default\": 0}, {\"name\": \"id\"");

        assertThat(BackwardCompatibility.breaks(parse(otherStatus), parse(noStatus)))
                .isEmpty();
        assertThat(problems(otherStatus)).singleElement().asString().contains("version 1", "field status");
    }

    @Test
    void asksForAGoodChangeToBeCommittedAndThenPassesIt() throws IOException {
        String grown = FIRST.replace("\"type\": \"int\"", "\"type\": \"long\"")
                .replace(
                        "{\"name\": \"id\"",
                        "{\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null}, {\"name\": \"id\"");
        assertThat(problems(grown))
                .singleElement()
                .asString()
                .contains("to make it version 2", "-Dschemas.accept=true");

        history().accept(SUBJECT, parse(grown));

        assertThat(problems(grown)).isEmpty();
        assertThat(history().versions(SUBJECT)).hasSize(2);
        assertThat(problems(FIRST)).as("going back").isNotEmpty();
    }

    @Test
    void doesNotAcceptABreak() throws IOException {
        history().accept(SUBJECT, parse(FIRST.replace(", \"LOST\"", "")));

        assertThat(history().versions(SUBJECT)).hasSize(1);
    }

    private List<String> problems(String text) throws IOException {
        return history().problems(SUBJECT, parse(text));
    }

    private SchemaHistory history() {
        return new SchemaHistory(directory);
    }

    private static String order(String fields) {
        return "{\"type\": \"record\", \"name\": \"Order\", \"namespace\": \"shop\", \"fields\": [" + fields + "]}";
    }

    private static Schema parse(String text) {
        return new Schema.Parser().parse(text);
    }
}
