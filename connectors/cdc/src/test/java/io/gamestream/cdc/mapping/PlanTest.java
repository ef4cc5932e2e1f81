package io.gamestream.cdc.mapping;

import static io.gamestream.cdc.mapping.Rows.contract;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import org.apache.avro.Schema;

/** What doesn't fit stops the start, with both names; keys stay apart. */
class PlanTest {

    @Example
    void aRequiredFieldNeedsAColumn() {
        Contract contract = contract("{\"name\": \"priceMinor\", \"type\": \"long\"}");
        assertThatThrownBy(() -> contract.check(columns(Rows.table())))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("table shop.things has no column price_minor for field priceMinor of shop.Thing")
                .hasMessageContaining("fields { priceMinor = other_column }");
    }

    @Example
    void aFieldWithADefaultNeedsNone() {
        Contract contract = contract("{\"name\": \"remark\", \"type\": \"string\", \"default\": \"none\"}");
        contract.check(columns(Rows.table()));
        byte[] framed =
                new TableMapping(contract, Rows.SCHEMA_ID).value(Rows.table().row("a"));
        assertThat(Rows.decode(framed, contract.schema()).get("remark")).hasToString("none");
    }

    @Example
    void aFieldTakesItsColumnByAnotherName() {
        Contract contract = contract(Map.of("priceMinor", "cents"), "{\"name\": \"priceMinor\", \"type\": \"long\"}");
        Rows table = Rows.table().column("cents", "int8");
        contract.check(columns(table));
        byte[] framed = new TableMapping(contract, Rows.SCHEMA_ID).value(table.row("a", 5L));
        assertThat(Rows.decode(framed, contract.schema()).get("priceMinor")).isEqualTo(5L);
        assertThatThrownBy(() -> contract(Map.of("prize", "cents"), "{\"name\": \"price\", \"type\": \"long\"}"))
                .hasMessageContaining("fields.prize is no field of shop.Thing");
    }

    @Example
    void aColumnThatNoValueOfFitsIsNamedWithItsField() {
        for (String[] pair : new String[][] {
            {"text", "\"long\""},
            {"timestamptz", "\"long\""},
            {"bytea", "\"string\""},
            {"int4[]", "\"string\""},
            {"int4", "{\"type\": \"array\", \"items\": \"int\"}"},
            {"text[]", "{\"type\": \"array\", \"items\": \"int\"}"},
            {"point", "\"string\""},
            {"float8", "\"float\""}
        }) {
            Contract contract = contract("{\"name\": \"v\", \"type\": " + pair[1] + "}");
            if (pair[0].equals("float8")) {
                contract.check(columns(Rows.table().column("v", pair[0])));
                continue;
            }
            assertThatThrownBy(() -> contract.check(columns(Rows.table().column("v", pair[0]))))
                    .as(pair[0] + " -> " + pair[1])
                    .isInstanceOf(MappingException.class)
                    .hasMessageContaining("table shop.things, column v (" + pair[0] + "), field v");
        }
    }

    @Example
    void aTypeThatHoldsItselfHasNoEnd() {
        String node = "{\"type\": \"record\", \"name\": \"Node\", \"fields\": [{\"name\": \"next\","
                + " \"type\": [\"null\", \"Node\"], \"default\": null}]}";
        Contract contract = contract("{\"name\": \"v\", \"type\": " + node + "}");
        assertThatThrownBy(() -> contract.check(columns(Rows.table().column("v", "jsonb"))))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("holds itself");
    }

    @Example
    void aUnionOfSeveralTypesIsRefused() {
        Contract contract = contract("{\"name\": \"v\", \"type\": [\"string\", \"long\"]}");
        assertThatThrownBy(() -> contract.check(columns(Rows.table().column("v", "text"))))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("expected: a type or its union with null");
    }

    @Example
    void aTableNeedsAKeyThatHasATextForm() {
        Schema record = Rows.record();
        assertThatThrownBy(() -> new Contract("shop.things", record, List.of(), Map.of()))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("table shop.things has no primary key");
        assertThatThrownBy(
                        () -> new Contract("shop.things", record, List.of("nr"), Map.of()).check(columns(Rows.table())))
                .hasMessageContaining("table shop.things has no column nr, which is part of the key");
        assertThatThrownBy(() -> new Contract("shop.things", record, List.of("raw"), Map.of())
                        .check(columns(Rows.table().column("raw", "bytea"))))
                .hasMessageContaining("column raw (bytea) has no text form and can't be part of the key");
        assertThatThrownBy(
                        () -> new Contract("shop.things", Schema.create(Schema.Type.STRING), List.of("id"), Map.of()))
                .hasMessageContaining("the schema is a string (expected: a record)");
    }

    @Example
    void aColumnThatIsDroppedLaterStopsTheRows() {
        Contract contract = contract("{\"name\": \"v\", \"type\": \"string\"}");
        TableMapping mapping = new TableMapping(contract, Rows.SCHEMA_ID);
        mapping.value(Rows.table().column("v", "text").row("a", "x"));
        assertThatThrownBy(() -> mapping.value(Rows.table().row("a")))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("has no column v for field v");
    }

    @Example
    void aFieldWithADefaultMayGetAColumnAndMustNotLoseIt() {
        Contract contract = contract("{\"name\": \"v\", \"type\": \"string\", \"default\": \"none\"}");
        TableMapping mapping = new TableMapping(contract, Rows.SCHEMA_ID);
        mapping.value(Rows.table().row("a"));
        assertThat(mapping.filled()).isEmpty();
        mapping.value(Rows.table().column("v", "text").row("a", "x"));
        assertThat(mapping.filled()).containsExactly("v");
        assertThatThrownBy(() -> mapping.value(Rows.table().row("a")))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("has no column v for field v of shop.Thing, which had one before")
                .hasMessageContaining("fields { v = \"\" }");
    }

    @Example
    void aColumnThatIsDroppedBetweenTwoRunsIsMissed() {
        Contract contract = contract("{\"name\": \"v\", \"type\": \"string\", \"default\": \"none\"}");
        TableMapping mapping = new TableMapping(contract, Rows.SCHEMA_ID);
        assertThatThrownBy(() -> mapping.resume(Set.of("v"), Set.of("id")))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("has no column v for field v");
        mapping.resume(Set.of("v"), Set.of("id", "v"));
        assertThatThrownBy(() -> mapping.value(Rows.table().row("from before it was put back")))
                .isInstanceOf(MappingException.class);
        mapping.resume(Set.of(), Set.of("id"));
        mapping.value(Rows.table().row("never had one"));
    }

    @Example
    void aFieldThatIsSaidToHaveNoColumnIsItsDefault() {
        Contract contract = contract(Map.of("v", ""), "{\"name\": \"v\", \"type\": \"string\", \"default\": \"none\"}");
        TableMapping mapping = new TableMapping(contract, Rows.SCHEMA_ID);
        mapping.resume(Set.of("v"), Set.of("id"));
        byte[] framed = mapping.value(Rows.table().column("v", "text").row("a", "x"));
        assertThat(Rows.decode(framed, contract.schema()).get("v")).hasToString("none");
        mapping.value(Rows.table().row("a"));
        assertThat(mapping.filled()).isEmpty();
    }

    @Property
    void keysOfSeveralColumnsStayApart(
            @ForAll @AlphaChars @Chars({'|', '\\'}) String a,
            @ForAll @AlphaChars @Chars({'|', '\\'}) String b,
            @ForAll @AlphaChars @Chars({'|', '\\'}) String c,
            @ForAll @AlphaChars @Chars({'|', '\\'}) String d) {
        assertThat(key(a, b).equals(key(c, d))).isEqualTo(a.equals(c) && b.equals(d));
    }

    @Property
    void aKeyOfOneColumnIsItsText(@ForAll String id, @ForAll long number) {
        assertThat(text(new TableMapping(contract(), 1).key(Rows.table().row(id))))
                .isEqualTo(text(id.getBytes(StandardCharsets.UTF_8)));
        Contract numbered = new Contract("shop.things", Rows.record(), List.of("nr"), Map.of());
        assertThat(text(new TableMapping(numbered, 1)
                        .key(Rows.table().column("nr", "int8").row("x", number))))
                .isEqualTo(Long.toString(number));
    }

    @Example
    void aKeyWithoutAValueIsRefused() {
        assertThatThrownBy(
                        () -> new TableMapping(contract(), 1).key(Rows.table().row((Object) null)))
                .isInstanceOf(UnmappableException.class)
                .hasMessageContaining("column id: NULL in the key")
                .hasMessageContaining("REPLICA IDENTITY FULL");
    }

    private static String key(String first, String second) {
        Contract contract = new Contract("shop.things", Rows.record(), List.of("id", "part"), Map.of());
        return text(new TableMapping(contract, 1)
                .key(Rows.table().column("part", "text").row(first, second)));
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    private static Map<String, ColumnType> columns(Rows table) {
        return Columns.of(table.schema());
    }
}
