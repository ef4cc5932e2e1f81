package io.gamestream.schemas.compatibility;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * Avro's rules of schema resolution, and one that they lack: a logical type must stay, since {@code timestamp-millis} and
 * {@code timestamp-micros} are one and the same long to Avro, and a factor of a thousand to everyone else.
 */
public final class BackwardCompatibility {

    private BackwardCompatibility() {}

    /** Why {@code reader} cannot read what {@code writer} wrote; empty when it can. */
    public static List<Break> breaks(Schema reader, Schema writer) {
        List<Break> breaks = new ArrayList<>();
        for (Incompatibility found : SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()) {
            breaks.add(new Break(
                    FieldPath.of(reader, found.getLocation()), found.getType().name(), found.getMessage()));
        }
        breaks.addAll(LogicalTypeChanges.between(reader, writer));
        return breaks;
    }
}
