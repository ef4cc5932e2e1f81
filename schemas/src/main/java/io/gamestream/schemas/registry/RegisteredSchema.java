package io.gamestream.schemas.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param version counts up within the subject, from 1
 * @param id of the schema in the whole registry; what records carry
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
