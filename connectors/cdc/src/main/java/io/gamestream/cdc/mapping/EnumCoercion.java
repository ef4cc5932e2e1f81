package io.gamestream.cdc.mapping;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** A word that must be one of the symbols: a default symbol is for readers, here it would hide a change. */
final class EnumCoercion implements Coercion {

    private final Map<String, Integer> ordinals = new HashMap<>();
    private final String name;

    EnumCoercion(Schema schema) {
        this.name = schema.getName();
        List<String> symbols = schema.getEnumSymbols();
        for (int i = 0; i < symbols.size(); i++) {
            ordinals.put(symbols.get(i), i);
        }
    }

    @Override
    public void write(Object value, Encoder out) throws IOException {
        Integer ordinal = ordinals.get(value.toString().stripTrailing());
        if (ordinal == null) {
            // A word of an enum type is part of the table's definition and not private.
            throw new UnmappableException(
                    "'" + value + "' is no symbol of " + name + " (expected: one of " + ordinals.keySet() + ")");
        }
        out.writeEnum(ordinal);
    }
}
