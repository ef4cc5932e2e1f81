package io.gamestream.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;

/** Our encoder and decoder against Avro's own, and against bytes that no writer would write. */
class AvroCodecTest {

    private static final int ID = 0x01020304;

    private final AvroEncoder encoder = AvroEncoder.generic(ID, Samples.EVERYTHING);
    private final AvroDecoder<GenericRecord> decoder =
            AvroDecoder.generic(Samples.EVERYTHING, Samples.EVERYTHING, new GenericData());

    @Provide
    Arbitrary<GenericRecord> everything() {
        return Samples.everything();
    }

    @Property(tries = 300)
    void writesTheBytesThatAvroWrites(@ForAll("everything") GenericRecord value) throws IOException {
        byte[] record = encoder.encode(value);

        assertThat(record).startsWith(0, 1, 2, 3, 4);
        assertThat(Arrays.copyOfRange(record, WireFormat.HEADER_BYTES, record.length))
                .isEqualTo(byAvro(value));
    }

    @Property(tries = 300)
    void readsWhatItWrote(@ForAll("everything") GenericRecord value) throws IOException {
        byte[] record = encoder.encode(value);

        GenericRecord byAvro = new GenericDatumReader<GenericRecord>(Samples.EVERYTHING)
                .read(null, DecoderFactory.get().binaryDecoder(byAvro(value), null));
        assertThat(decoder.decode("t", record)).isEqualTo(byAvro);
    }

    @Property(tries = 300)
    void readsCollectionsInSeveralBlocks(@ForAll("everything") GenericRecord value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(encoder.encode(value), 0, WireFormat.HEADER_BYTES);
        BinaryEncoder blocks = new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(Samples.EVERYTHING).write(value, blocks);
        blocks.flush();

        assertThat(decoder.decode("t", out.toByteArray())).isEqualTo(decoder.decode("t", encoder.encode(value)));
    }

    @Property(tries = 50)
    void refusesEveryTruncation(@ForAll("everything") GenericRecord value) {
        byte[] record = encoder.encode(value);

        for (int length = WireFormat.HEADER_BYTES; length < record.length; length++) {
            assertThat(outcome(decoder, Arrays.copyOf(record, length))).isEqualTo("refused");
        }
    }

    @Property(tries = 1000)
    void survivesRandomBytes(@ForAll byte[] body) {
        byte[] record = new byte[WireFormat.HEADER_BYTES + body.length];
        System.arraycopy(body, 0, record, WireFormat.HEADER_BYTES, body.length);

        assertThat(outcome(decoder, record)).isIn("read", "refused");
    }

    @Property(tries = 300)
    void survivesOneFlippedByte(@ForAll("everything") GenericRecord value, @ForAll int at, @ForAll byte with) {
        byte[] record = encoder.encode(value);
        record[WireFormat.HEADER_BYTES + Math.floorMod(at, record.length - WireFormat.HEADER_BYTES)] = with;

        assertThat(outcome(decoder, record)).isIn("read", "refused");
    }

    private static String outcome(AvroDecoder<?> decoder, byte[] record) {
        try {
            decoder.decode("t", record);
            return "read";
        } catch (SerializationException e) {
            return "refused";
        }
    }

    private static byte[] byAvro(GenericRecord value) throws IOException {
        Schema schema = value.getSchema();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder avro = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(value, avro);
        avro.flush();
        return out.toByteArray();
    }
}
