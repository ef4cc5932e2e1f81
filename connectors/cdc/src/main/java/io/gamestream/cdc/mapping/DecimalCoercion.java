package io.gamestream.cdc.mapping;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;
import org.apache.avro.io.Encoder;

/** An exact number into the contract's precision and scale; what doesn't fit is refused, never rounded. */
final class DecimalCoercion implements Coercion {

    private final int precision;
    private final int scale;
    private final int fixedSize;

    /** A fixed size of 0 stands for {@code bytes}. */
    DecimalCoercion(LogicalTypes.Decimal type, int fixedSize) {
        this.precision = type.getPrecision();
        this.scale = type.getScale();
        this.fixedSize = fixedSize;
    }

    @Override
    public void write(Object value, Encoder out) throws IOException {
        BigDecimal number = Scalars.decimal(value);
        BigDecimal scaled;
        try {
            scaled = number.setScale(scale, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new UnmappableException(
                    "a number with " + number.scale() + " decimals (expected: at most " + scale + ")", e);
        }
        if (scaled.precision() > precision) {
            throw new UnmappableException(
                    "a number of " + scaled.precision() + " digits (expected: at most " + precision + ")");
        }
        byte[] bits = scaled.unscaledValue().toByteArray();
        if (fixedSize == 0) {
            out.writeBytes(bits);
            return;
        }
        byte[] padded = new byte[fixedSize];
        Arrays.fill(padded, 0, fixedSize - bits.length, (byte) (scaled.signum() < 0 ? -1 : 0));
        System.arraycopy(bits, 0, padded, fixedSize - bits.length, bits.length);
        out.writeFixed(padded);
    }
}
