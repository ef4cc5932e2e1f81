package io.gamestream.cdc.mapping;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** A word that must be one of the symbols: a default symbol is for readers, here it would hide a change. */
final class EnumCoercion implements Coercion {

    private final Map<String, Integer> ordinals = new LinkedHashMap<>();
    private final String name;
    private final boolean typed;

    /** @param typed whether the words are an enum type's: they are part of the table's definition then, and not private */
    EnumCoercion(Schema schema, boolean typed) {
        this.name = schema.getName();
        this.typed = typed;
        List<String> symbols = schema.getEnumSymbols();
        for (int i = 0; i < symbols.size(); i++) {
            ordinals.put(symbols.get(i), i);
        }
    }

    @Override
    public void write(Object value, Encoder out) throws IOException {
        Integer ordinal = ordinals.get(value.toString().stripTrailing());
        if (ordinal == null) {
            throw new UnmappableException((typed ? "'" + value + "'" : "a word that") + " is no symbol of " + name
                    + " (expected: one of " + ordinals.keySet() + ")");
        }
        out.writeEnum(ordinal);
    }
}
