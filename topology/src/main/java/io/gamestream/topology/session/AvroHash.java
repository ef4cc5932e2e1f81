package io.gamestream.topology.session;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** SHA-256 over records, in their order. */
final class AvroHash {

    private final MessageDigest digest;
    private final BinaryEncoder encoder;
    private final Map<Schema, SpecificDatumWriter<SpecificRecord>> writers = new HashMap<>();

    /** Of nothing yet. */
    AvroHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        encoder = EncoderFactory.get()
                .directBinaryEncoder(new DigestOutputStream(OutputStream.nullOutputStream(), digest), null);
    }

    /** Some more records: how many, and then each. */
    void addAll(List<? extends SpecificRecord> records) {
        try {
            encoder.writeInt(records.size());
            for (SpecificRecord record : records) {
                writers.computeIfAbsent(record.getSchema(), schema -> new SpecificDatumWriter<SpecificRecord>(schema))
                        .write(record, encoder);
            }
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("hashing in memory", e);
        }
    }

    void add(String text) {
        try {
            encoder.writeString(text);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("hashing in memory", e);
        }
    }

    /** Hexadecimal; more can be added afterwards. */
    String value() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 can be cloned", e);
        }
    }
}
