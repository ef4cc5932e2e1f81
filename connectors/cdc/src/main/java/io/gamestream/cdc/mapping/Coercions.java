package io.gamestream.cdc.mapping;

import java.util.EnumSet;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which column types an Avro type can take, and how. {@code timestamp} without a zone is taken as UTC; milliseconds cut
 * microseconds off; a double is the nearest to a number with more digits than it has; everything else keeps every digit or
 * refuses.
 */
final class Coercions {

    private static final Set<SourceKind> WORDS = EnumSet.of(SourceKind.ENUM, SourceKind.TEXT, SourceKind.CHAR);
    private static final Set<SourceKind> NUMBERS = EnumSet.of(SourceKind.INTEGER, SourceKind.DECIMAL);

    private Coercions() {}

    /**
     * The coercion from a column type to an Avro type that isn't a union.
     *
     * @return null where there is none
     */
    static @Nullable Coercion find(ColumnType column, Schema target) {
        if (column.array()) {
            return target.getType() == Schema.Type.ARRAY ? array(column, target) : null;
        }
        SourceKind kind = column.kind();
        if (kind == SourceKind.UNKNOWN) {
            return null;
        }
        return switch (target.getType()) {
            case BOOLEAN -> kind == SourceKind.BOOLEAN ? Scalars::writeBoolean : null;
            case INT -> ofInt(kind, target.getLogicalType());
            case LONG -> ofLong(kind, target.getLogicalType());
            case FLOAT -> kind == SourceKind.REAL ? Scalars::writeFloat : null;
            case DOUBLE -> kind == SourceKind.REAL || NUMBERS.contains(kind) ? Scalars::writeDouble : null;
            case STRING -> ofString(kind);
            case ENUM -> WORDS.contains(kind) ? new EnumCoercion(target, kind == SourceKind.ENUM) : null;
            case BYTES -> ofBytes(kind, target);
            case FIXED -> ofFixed(kind, target);
            case ARRAY, RECORD, MAP -> kind == SourceKind.JSON ? new JsonCoercion(target) : null;
            case UNION, NULL -> null;
        };
    }

    private static @Nullable Coercion ofInt(SourceKind kind, @Nullable LogicalType logical) {
        if (logical instanceof LogicalTypes.Date) {
            return kind == SourceKind.DATE ? Scalars::writeDate : null;
        }
        if (logical instanceof LogicalTypes.TimeMillis) {
            return kind == SourceKind.TIME ? Scalars::writeMillisOfDay : null;
        }
        return NUMBERS.contains(kind) ? Scalars::writeInt : null;
    }

    private static @Nullable Coercion ofLong(SourceKind kind, @Nullable LogicalType logical) {
        boolean local = kind == SourceKind.TIMESTAMP;
        boolean moment = local || kind == SourceKind.TIMESTAMPTZ;
        if (logical instanceof LogicalTypes.TimestampMicros) {
            return moment ? Scalars::writeMicros : null;
        }
        if (logical instanceof LogicalTypes.TimestampMillis) {
            return moment ? Scalars::writeMillis : null;
        }
        if (logical instanceof LogicalTypes.LocalTimestampMicros) {
            return local ? Scalars::writeMicros : null;
        }
        if (logical instanceof LogicalTypes.LocalTimestampMillis) {
            return local ? Scalars::writeMillis : null;
        }
        if (logical instanceof LogicalTypes.TimeMicros) {
            return kind == SourceKind.TIME ? Scalars::writeLong : null;
        }
        return NUMBERS.contains(kind) ? Scalars::writeLong : null;
    }

    /** Every type has a text form. */
    private static @Nullable Coercion ofString(SourceKind kind) {
        return switch (kind) {
            case TEXT, UUID, JSON, INTERVAL, TEXTUAL, ENUM -> Scalars::writeString;
            case BOOLEAN, INTEGER, REAL, DECIMAL, CHAR, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                (value, out) -> out.writeString(Texts.of(kind, value));
            case BYTES, UNKNOWN -> null;
        };
    }

    private static @Nullable Coercion ofBytes(SourceKind kind, Schema target) {
        if (target.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return NUMBERS.contains(kind) ? new DecimalCoercion(decimal, 0) : null;
        }
        return kind == SourceKind.BYTES ? Scalars::writeBytes : null;
    }

    private static @Nullable Coercion ofFixed(SourceKind kind, Schema target) {
        int size = target.getFixedSize();
        if (target.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return NUMBERS.contains(kind) ? new DecimalCoercion(decimal, size) : null;
        }
        if (kind == SourceKind.UUID && size == 16) {
            return Scalars::writeUuidBits;
        }
        return kind == SourceKind.BYTES ? (value, out) -> Scalars.writeFixed(value, size, out) : null;
    }

    private static @Nullable Coercion array(ColumnType column, Schema target) {
        Schema element = target.getElementType();
        NullableType type = NullableType.of(element);
        if (type == null) {
            return null;
        }
        Coercion each = find(new ColumnType(column.kind(), false, column.sqlName()), type.schema());
        return each == null ? null : new ArrayCoercion(type, each);
    }
}
