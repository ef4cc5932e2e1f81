package io.gamestream.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class MomentsTest {

    /** As the database prints a moment in a session of any zone. */
    @Property
    void readsWhatTheDatabasePrints(
            @ForAll @LongRange(min = -62_000_000_000_000_000L, max = 253_000_000_000_000_000L) long micros,
            @ForAll @IntRange(min = -15 * 4, max = 15 * 4) int quarters) {
        OffsetDateTime moment = Instant.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L)
                .atOffset(ZoneOffset.ofTotalSeconds(quarters * 900));
        assertThat(Moments.parse(print(moment))).isEqualTo(micros);
    }

    private static String print(OffsetDateTime moment) {
        String fraction = String.format("%06d", moment.getNano() / 1_000).replaceFirst("0+$", "");
        int offset = moment.getOffset().getTotalSeconds();
        String zone = String.format("%s%02d", offset < 0 ? "-" : "+", Math.abs(offset) / 3_600)
                + (offset % 3_600 == 0 ? "" : String.format(":%02d", Math.abs(offset) / 60 % 60));
        return String.format(
                        "%04d-%02d-%02d %02d:%02d:%02d",
                        moment.getYear(),
                        moment.getMonthValue(),
                        moment.getDayOfMonth(),
                        moment.getHour(),
                        moment.getMinute(),
                        moment.getSecond())
                + (fraction.isEmpty() ? "" : "." + fraction)
                + zone;
    }

    @Example
    void readsTheExtremes() {
        assertThat(Moments.parse("infinity")).isEqualTo(Moments.INFINITY);
        assertThat(Moments.parse("-infinity")).isEqualTo(Moments.MINUS_INFINITY);
        assertThat(Moments.parse("0001-01-01 00:00:00+00 BC"))
                .isEqualTo(Instant.parse("0000-01-01T00:00:00Z").getEpochSecond() * 1_000_000);
        assertThat(Moments.parse("4714-11-24 00:00:00+00 BC"))
                .isEqualTo(Instant.parse("-4713-11-24T00:00:00Z").getEpochSecond() * 1_000_000);
        assertThat(Moments.parse("1883-11-18 12:03:57.000001-07:52:58"))
                .isEqualTo(Instant.parse("1883-11-18T19:56:55.000001Z").getEpochSecond() * 1_000_000 + 1);
        assertThat(Moments.parse("12026-01-01 00:00:00+00"))
                .isEqualTo(Instant.parse("+12026-01-01T00:00:00Z").getEpochSecond() * 1_000_000);
    }

    @Example
    void refusesWhatIsNoMoment() {
        for (String text :
                new String[] {"", "now", "2026-02-30 00:00:00+00", "2026-01-01", "294276-12-31 23:59:59+00"}) {
            assertThatThrownBy(() -> Moments.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
