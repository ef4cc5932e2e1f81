package io.gamestream.cdc.capture;

import java.util.List;
import org.apache.kafka.common.utils.Utils;

/**
 * A share of all keys: those whose hash begins with these bits. The first bits, since the last ones already tell the partition.
 *
 * @param depth number of bits; 0 is all keys
 * @param bits of them, in the lowest places
 */
record Slice(int depth, int bits) {

    static final Slice WHOLE = new Slice(0, 0);

    boolean has(byte[] key) {
        return depth == 0 || Utils.murmur2(key) >>> (Integer.SIZE - depth) == bits;
    }

    boolean isDivisible() {
        return depth < Integer.SIZE - 1;
    }

    /** Both together have the same keys. */
    List<Slice> halves() {
        return List.of(new Slice(depth + 1, bits << 1), new Slice(depth + 1, bits << 1 | 1));
    }
}
