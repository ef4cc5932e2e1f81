package io.gamestream.payments.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.payments.intake.OrderRules.Line;
import io.gamestream.payments.intake.OrderRules.Priced;
import io.gamestream.schemas.payments.OrderCommand;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What change data capture makes Avro of must be what the contract says. */
class CommandsTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.123456Z");

    @Test
    void everyCommandFitsItsContract() {
        Request.Place place =
                new Request.Place("7", List.of(new Request.Wanted("1", 2)), null, "pm_card_visa", true, true);
        Priced priced = new Priced(List.of(new Line("1", 2, 1_999)), 3_998, "EUR");
        for (ObjectNode command : List.of(
                Commands.place("ord_1", place, priced, AT),
                Commands.refund("rfd_1", "7", new Request.Refund("ord_1", List.of("1"), null, "duplicate"), AT),
                Commands.refund("rfd_1", "7", new Request.Refund("ord_1", List.of(), 5L, null), AT),
                Commands.cancel("7", new Request.Cancel("ord_1", "abandoned"), AT),
                Commands.capture("7", new Request.Capture("ord_1", List.of("1")), AT))) {
            assertFits(command, OrderCommand.getClassSchema());
        }
    }

    private static void assertFits(JsonNode node, Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    Schema.Field field = schema.getField(entry.getKey());
                    assertThat(field)
                            .as("%s in %s", entry.getKey(), schema.getName())
                            .isNotNull();
                    assertFits(entry.getValue(), field.schema());
                }
                for (Schema.Field field : schema.getFields()) {
                    assertThat(node.has(field.name()) || field.hasDefaultValue())
                            .as("%s in %s", field.name(), node)
                            .isTrue();
                }
            }
            case ARRAY -> node.forEach(item -> assertFits(item, schema.getElementType()));
            case UNION ->
                assertFits(node, schema.getTypes().get(schema.getTypes().size() - 1));
            case ENUM -> assertThat(schema.getEnumSymbols()).contains(node.asText());
            case LONG ->
                assertThat(
                                schema.getLogicalType() == null
                                        ? node.isIntegralNumber()
                                        : Instant.parse(node.asText()).equals(AT))
                        .as("%s", node)
                        .isTrue();
            case INT -> assertThat(node.isInt()).isTrue();
            case STRING -> assertThat(node.isTextual()).isTrue();
            default -> throw new AssertionError("unexpected " + schema);
        }
    }
}
