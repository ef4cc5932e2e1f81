package io.gamestream.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamestream.schemas.StateCatalogue;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.internal.catalog.UserLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MissingSchemaException;
import org.junit.jupiter.api.Test;

class CommittedSchemasTest {

    private static final String HISTORY = UserLibrary.getClassSchema().getFullName();

    @Test
    void anApplicationReadsTheStateOfAnEarlierVersionOfItself() throws IOException {
        Schema old = CommittedSchemas.versions(HISTORY).get(0);
        Schema next = withOneMoreField(old);
        GenericData.Record kept = new GenericData.Record(old);
        kept.put("grants", List.of());
        kept.put("version", 7L);
        ByteBuffer bytes = new BinaryMessageEncoder<GenericData.Record>(GenericData.get(), old).encode(kept);
        BinaryMessageDecoder<GenericData.Record> decoder = new BinaryMessageDecoder<>(GenericData.get(), next);

        assertThatThrownBy(() -> decoder.decode(bytes.duplicate())).isInstanceOf(MissingSchemaException.class);
        CommittedSchemas.teachState(decoder);
        GenericData.Record read = decoder.decode(bytes.duplicate());
        assertThat(read.get("version")).isEqualTo(7L);
        assertThat(read.get("more")).hasToString("nothing");
    }

    private static Schema withOneMoreField(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("more", Schema.create(Schema.Type.STRING), null, "nothing"));
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    @Test
    void whatIsKeptNowIsAmongTheCommittedVersions() {
        StateCatalogue.internal().forEach((history, schema) -> assertThat(CommittedSchemas.versions(history))
                .as(history)
                .extracting(SchemaNormalization::parsingFingerprint64)
                .contains(SchemaNormalization.parsingFingerprint64(schema)));
    }

    @Test
    void theStateCatalogueHasEveryInternalRecord() throws IOException {
        Set<String> declared = new HashSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/avro/internal"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                JsonNode parsed = new ObjectMapper().readTree(file.toFile());
                (parsed.isArray() ? parsed : List.of(parsed))
                        .forEach(one -> declared.add(one.get("namespace").asText() + "."
                                + one.get("name").asText()));
            }
        }
        assertThat(StateCatalogue.internal().keySet()).isEqualTo(declared);
    }

    @Test
    void aSubjectWithoutAHistoryIsRefused() {
        assertThat(CommittedSchemas.versions(TopicCatalogue.POSITIONS.subject()))
                .hasSizeGreaterThan(1);
        assertThatThrownBy(() -> CommittedSchemas.versions("nobody"))
                .hasMessage("subject: nobody (expected: one with a committed schema)");
    }
}
