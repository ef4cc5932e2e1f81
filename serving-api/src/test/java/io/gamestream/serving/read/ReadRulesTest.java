package io.gamestream.serving.read;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.http.ProblemException;
import io.gamestream.serving.position.PositionSettings;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadRulesTest {

    private static final PositionSettings POSITIONS = new PositionSettings(
            "slot",
            10,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            5,
            Duration.ofMillis(10),
            Duration.ofMillis(250));
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Property
    void asOfIsIso8601(@ForAll @LongRange(min = 0, max = 253_402_300_799_999L) long millis) {
        byte[] text = new byte[AsOf.CHARS + 2];
        AsOf.write(millis, text, 1);
        assertThat(new String(text, 1, AsOf.CHARS, US_ASCII)).isEqualTo(ISO.format(Instant.ofEpochMilli(millis)));
    }

    @Test
    void putsAsOfInFront() {
        byte[] members = "..\"a\":1}".getBytes(UTF_8);
        assertThat(Bodies.of(0, members, 2, members.length).toString()).isEqualTo("{\"asOf\":null,\"a\":1}");
        assertThat(Bodies.of(1_800_000_000_123L, members, 2, members.length).toString())
                .isEqualTo("{\"asOf\":\"2027-01-15T08:00:00.123Z\",\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"u-1", "ümlaut", "日本", "\uD83D\uDE00", "a b", "a+b", "../x", "'; drop table"})
    void anIdIsItsUtf8(String id) {
        ItemKey key = ItemKey.of(id);
        assertThat(key.bytes()).isEqualTo(id.getBytes(UTF_8));
        assertThat(key.hash()).isEqualTo(Utils.murmur2(id.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "a\nb", "\u007f", "\u0085"})
    void whatCannotBeAnIdIsRefused(String id) {
        assertThatThrownBy(() -> ItemKey.of(id)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aVeryLongIdIsRefused() {
        assertThat(ItemKey.of("x".repeat(ItemKey.MAX_CHARS)).bytes()).hasSize(ItemKey.MAX_CHARS);
        assertThatThrownBy(() -> ItemKey.of("x".repeat(ItemKey.MAX_CHARS + 1)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("257");
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"a\"", "\"a\"", "*", "\"x\", W/\"a\"", "W/\"a\" , \"y\"", " W/\"a\" "})
    void aClientThatHasTheItemIsRecognised(String ifNoneMatch) {
        assertThat(ETags.matches(ifNoneMatch, "W/\"a\"")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "W/\"b\"", "\"aa\"", "W/", ",", "\"a"})
    void aClientThatHasAnotherItemIsNot(String ifNoneMatch) {
        assertThat(ETags.matches(ifNoneMatch, "W/\"a\"")).isFalse();
        assertThat(ETags.matches(null, "W/\"a\"")).isFalse();
    }

    @Test
    void aPositionIsWaitedForTwoSecondsUnlessSaid() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        assertThat(Wanted.of(headers, POSITIONS)).isEqualTo(Wanted.NOTHING);
        headers.set("Backbone-Position", "pg:0/64");
        assertThat(Wanted.of(headers, POSITIONS)).isEqualTo(new Wanted(100, 2_000));
        headers.set("Backbone-Wait-Ms", "10000");
        assertThat(Wanted.of(headers, POSITIONS)).isEqualTo(new Wanted(100, 10_000));
        headers.set("Backbone-Wait-Ms", "0");
        assertThat(Wanted.of(headers, POSITIONS)).isEqualTo(new Wanted(100, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "10001", "1.5", "soon", "", "99999999999999999999"})
    void aWaitThatIsNoTimeIsRefused(String wait) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.set("Backbone-Position", "pg:0/64").set("Backbone-Wait-Ms", wait);
        assertThatThrownBy(() -> Wanted.of(headers, POSITIONS)).hasMessageContaining("Backbone-Wait-Ms");
    }

    @Test
    void aPositionIsOneAndWellFormed() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.set("Backbone-Position", "0/64");
        assertThatThrownBy(() -> Wanted.of(headers, POSITIONS)).hasMessageContaining("pg:<LSN>");
        headers.set("Backbone-Position", "pg:0/64").add("Backbone-Position", "pg:0/65");
        assertThatThrownBy(() -> Wanted.of(headers, POSITIONS)).hasMessageContaining("2 times");
    }
}
