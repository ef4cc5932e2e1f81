package io.gamestream.cdc.mapping;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** One JSON value into one Avro primitive. Moments may be numbers of the field's unit or ISO 8601 text; bytes are Base64. */
final class JsonScalars {

    private JsonScalars() {}

    static void write(JsonNode node, Schema schema, Encoder out, JsonField field) throws IOException {
        switch (schema.getType()) {
            case BOOLEAN -> {
                require(node.isBoolean(), "a boolean", node, field);
                out.writeBoolean(node.booleanValue());
            }
            case INT -> {
                long value = integer(node, schema.getLogicalType(), field);
                require(value == (int) value, "a number of 32 bits", node, field);
                out.writeInt((int) value);
            }
            case LONG -> out.writeLong(integer(node, schema.getLogicalType(), field));
            case FLOAT -> {
                require(node.isNumber() && Float.isFinite(node.floatValue()), "a number of 32 bits", node, field);
                out.writeFloat(node.floatValue());
            }
            case DOUBLE -> {
                require(node.isNumber() && Double.isFinite(node.doubleValue()), "a number of 64 bits", node, field);
                out.writeDouble(node.doubleValue());
            }
            case STRING -> {
                require(node.isValueNode(), "text", node, field);
                out.writeString(node.asText());
            }
            case BYTES -> writeBytes(node, schema, out, field);
            default -> throw field.unexpected(schema.getType().getName(), node);
        }
    }

    private static void writeBytes(JsonNode node, Schema schema, Encoder out, JsonField field) throws IOException {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            require(node.isNumber() || node.isTextual(), "a number", node, field);
            new DecimalCoercion(decimal, 0).write(node.asText(), out);
            return;
        }
        require(node.isTextual(), "Base64 text", node, field);
        byte[] bytes;
        try {
            bytes = node.binaryValue();
        } catch (JacksonException e) {
            // Its own message would quote the text.
            throw field.unexpected("Base64 text", node);
        }
        out.writeBytes(bytes);
    }

    private static long integer(JsonNode node, @Nullable LogicalType logical, JsonField field) {
        if (node.isTextual() && logical != null) {
            return moment(node, logical, field);
        }
        require(node.isNumber() && node.canConvertToExactIntegral(), "an integer", node, field);
        require(node.canConvertToLong(), "a number of 64 bits", node, field);
        return node.longValue();
    }

    private static long moment(JsonNode node, LogicalType logical, JsonField field) {
        try {
            if (logical instanceof LogicalTypes.Date) {
                return LocalDate.parse(node.textValue()).toEpochDay();
            }
            Instant instant = OffsetDateTime.parse(node.textValue()).toInstant();
            if (logical instanceof LogicalTypes.TimestampMicros) {
                return Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
            }
            if (logical instanceof LogicalTypes.TimestampMillis) {
                return instant.toEpochMilli();
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw field.unexpected("ISO 8601", node);
        }
        throw field.unexpected(logical.getName(), node);
    }

    private static void require(boolean holds, String expected, JsonNode node, JsonField field) {
        if (!holds) {
            throw field.unexpected(expected, node);
        }
    }
}
