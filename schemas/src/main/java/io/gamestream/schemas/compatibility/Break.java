package io.gamestream.schemas.compatibility;

/**
 * One reason why a schema cannot read what an earlier version wrote.
 *
 * @param field dotted path of the field, from the record; the record's name where it concerns the record itself
 * @param rule that is broken, as Avro names it, such as {@code READER_FIELD_MISSING_DEFAULT_VALUE}
 * @param detail what clashes, as text
 */
public record Break(String field, String rule, String detail) {

    @Override
    public String toString() {
        return "field " + field + ": " + rule + " (" + detail + ")";
    }
}
