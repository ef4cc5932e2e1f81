package io.gamestream.cdc.capture;

import io.gamestream.cdc.TableSettings;
import io.gamestream.cdc.mapping.Contract;
import io.gamestream.cdc.mapping.MappingException;
import io.gamestream.cdc.source.TableInfo;
import io.gamestream.cdc.source.TableName;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** The contract of a configured table: its schema from a file, the class path or the topic catalogue. */
final class Contracts {

    private static final String CLASSPATH = "classpath:";

    private Contracts() {}

    /**
     * The contract, checked against the table.
     *
     * @throws MappingException naming what doesn't fit
     */
    static Contract of(TableSettings settings, TableInfo table) {
        Contract contract = new Contract(
                settings.table().toString(),
                schema(settings),
                settings.key().isEmpty() ? table.primaryKey() : settings.key(),
                settings.fields());
        contract.check(table.columns());
        return contract;
    }

    private static Schema schema(TableSettings settings) {
        String location = settings.schema();
        if (location == null) {
            return TopicCatalogue.find(settings.topic())
                    .map(TopicSpec::schema)
                    .orElseThrow(() -> new MappingException("table " + settings.table() + ": the topic catalogue knows"
                            + " no schema for " + settings.topic() + ". Name one (schema = \"path/to/file.avsc\")"));
        }
        return read(settings.table(), location);
    }

    /** The schema at a location; {@code table} is for the message. */
    static Schema read(TableName table, String location) {
        try {
            return new Schema.Parser().parse(text(location));
        } catch (SchemaParseException | IOException e) {
            throw new MappingException("table " + table + ": schema " + location + " can't be read: " + e, e);
        }
    }

    private static String text(String location) throws IOException {
        if (!location.startsWith(CLASSPATH)) {
            return Files.readString(Path.of(location));
        }
        String name = location.substring(CLASSPATH.length()).replaceFirst("^/", "");
        try (InputStream in = Contracts.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no such resource on the class path");
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
