package io.gamestream.cdc.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The part of a contract below a JSON column, compiled: how a node at a path becomes Avro. */
abstract class JsonField {

    private final String path;
    private final NullableType type;

    private JsonField(String path, NullableType type) {
        this.path = path;
        this.type = type;
    }

    /** For a schema at a path such as {@code .lines[]}; a union of more than null and one type is refused. */
    static JsonField compile(String path, Schema schema) {
        return compile(path, schema, Set.of());
    }

    /** @param around names of the records that this is in: of one that holds itself there would be no end */
    static JsonField compile(String path, Schema schema, Set<String> around) {
        NullableType type = NullableType.of(schema);
        if (type == null) {
            throw new MappingException("field" + path + ": " + schema + " (expected: a type or its union with null)");
        }
        return switch (type.schema().getType()) {
            case RECORD -> new Fields(path, type, within(path, type.schema(), around));
            case ARRAY -> new Items(path, type, around);
            case MAP -> new Entries(path, type, around);
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, BYTES, FIXED, ENUM, NULL, UNION -> new Leaf(path, type);
        };
    }

    private static Set<String> within(String path, Schema rows, Set<String> around) {
        Set<String> names = new HashSet<>(around);
        if (!names.add(rows.getFullName())) {
            throw new MappingException("field" + path + ": " + rows.getFullName()
                    + " holds itself (expected: a type of bounded depth; string takes JSON of any shape)");
        }
        return names;
    }

    final void write(@Nullable JsonNode node, Encoder out) throws IOException {
        if (node != null && !node.isNull()) {
            if (type.nullable()) {
                out.writeIndex(1 - type.nullIndex());
            }
            writeValue(node, out);
        } else if (type.nullable()) {
            type.writeNull(out);
        } else {
            throw new UnmappableException("the JSON has nothing at '" + path + "', which the contract requires");
        }
    }

    abstract void writeValue(JsonNode node, Encoder out) throws IOException;

    final UnmappableException unexpected(String expected, JsonNode node) {
        return new UnmappableException("the JSON has "
                + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT) + " at '" + path + "' (expected: "
                + expected + ")");
    }

    private static final class Fields extends JsonField {

        private static final class Child {

            private final String name;
            private final JsonField field;
            private final byte @Nullable [] fallback;

            private Child(String name, JsonField field, byte @Nullable [] fallback) {
                this.name = name;
                this.field = field;
                this.fallback = fallback;
            }
        }

        private final List<Child> children = new ArrayList<>();

        private Fields(String path, NullableType type, Set<String> around) {
            super(path, type);
            for (Schema.Field field : type.schema().getFields()) {
                JsonField child = compile(path + "." + field.name(), field.schema(), around);
                children.add(new Child(field.name(), child, Defaults.encode(field)));
            }
        }

        @Override
        void writeValue(JsonNode node, Encoder out) throws IOException {
            if (!node.isObject()) {
                throw unexpected("an object", node);
            }
            for (Child child : children) {
                JsonNode value = node.get(child.name);
                if (value == null && child.fallback != null) {
                    out.writeFixed(child.fallback);
                } else {
                    child.field.write(value, out);
                }
            }
        }
    }

    private static final class Items extends JsonField {

        private final JsonField element;

        private Items(String path, NullableType type, Set<String> around) {
            super(path, type);
            this.element = compile(path + "[]", type.schema().getElementType(), around);
        }

        @Override
        void writeValue(JsonNode node, Encoder out) throws IOException {
            if (!node.isArray()) {
                throw unexpected("an array", node);
            }
            out.writeArrayStart();
            out.setItemCount(node.size());
            for (JsonNode item : node) {
                out.startItem();
                element.write(item, out);
            }
            out.writeArrayEnd();
        }
    }

    private static final class Entries extends JsonField {

        private final JsonField value;

        private Entries(String path, NullableType type, Set<String> around) {
            super(path, type);
            this.value = compile(path + "{}", type.schema().getValueType(), around);
        }

        @Override
        void writeValue(JsonNode node, Encoder out) throws IOException {
            if (!node.isObject()) {
                throw unexpected("an object", node);
            }
            out.writeMapStart();
            out.setItemCount(node.size());
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                out.startItem();
                out.writeString(entry.getKey());
                value.write(entry.getValue(), out);
            }
            out.writeMapEnd();
        }
    }

    private static final class Leaf extends JsonField {

        private final Schema schema;
        private final @Nullable EnumCoercion symbols;

        private Leaf(String path, NullableType type) {
            super(path, type);
            this.schema = type.schema();
            this.symbols = schema.getType() == Schema.Type.ENUM ? new EnumCoercion(schema, false) : null;
            if (schema.getType() == Schema.Type.FIXED || schema.getType() == Schema.Type.NULL) {
                throw new MappingException("field" + path + ": " + schema + " can't be taken from JSON");
            }
        }

        @Override
        void writeValue(JsonNode node, Encoder out) throws IOException {
            if (symbols != null) {
                symbols.write(node.asText(), out);
            } else {
                JsonScalars.write(node, schema, out, this);
            }
        }
    }
}
