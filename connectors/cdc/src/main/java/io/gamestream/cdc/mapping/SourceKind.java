package io.gamestream.cdc.mapping;

import java.util.Locale;

/** What a column's values are. */
public enum SourceKind {
    BOOLEAN,
    INTEGER,
    REAL,
    DECIMAL,
    TEXT,
    /** Blank-padded by the database; the padding is no part of the value. */
    CHAR,
    BYTES,
    UUID,
    JSON,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMPTZ,
    INTERVAL,
    /** Has one text form and no better one in Avro. */
    TEXTUAL,
    ENUM,
    /** A type that the capture has no values for; harmless as long as no field asks for the column. */
    UNKNOWN;

    /** Of a type by its name in {@code pg_type}, such as {@code int4}; enums and arrays are the caller's business. */
    static SourceKind ofType(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "bool" -> BOOLEAN;
            case "int2", "int4", "int8", "smallserial", "serial", "bigserial", "oid" -> INTEGER;
            case "float4", "float8" -> REAL;
            case "numeric", "money" -> DECIMAL;
            case "text", "varchar", "name", "citext", "xml", "ltree" -> TEXT;
            case "bpchar", "char" -> CHAR;
            case "bytea" -> BYTES;
            case "uuid" -> UUID;
            case "json", "jsonb" -> JSON;
            case "date" -> DATE;
            case "time" -> TIME;
            case "timestamp" -> TIMESTAMP;
            case "timestamptz" -> TIMESTAMPTZ;
            case "interval" -> INTERVAL;
            case "inet",
                    "cidr",
                    "macaddr",
                    "macaddr8",
                    "timetz",
                    "int4range",
                    "int8range",
                    "numrange",
                    "tsrange",
                    "tstzrange",
                    "daterange" -> TEXTUAL;
            default -> UNKNOWN;
        };
    }
}
