package io.gamestream.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.cdc.capture.Trouble.Kind;
import io.gamestream.cdc.mapping.MappingException;
import io.gamestream.cdc.source.SourceException;
import java.sql.SQLException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class TroubleTest {

    @Test
    void findsTheReasonBelowWhatTheEngineWrapsItIn() {
        Trouble trouble = of(new IllegalStateException("engine", new RuntimeException(new SourceException("no slot"))));
        assertThat(trouble.kind()).isEqualTo(Kind.FATAL);
        assertThat(trouble.message()).isEqualTo("no slot");
    }

    @Test
    void waitsForServersThatAreAway() {
        assertThat(of(new TimeoutException("no answer")).kind()).isEqualTo(Kind.PASSING);
        for (String state : new String[] {"08006", "57P01", "53300", "57P03", "58030", "55P03"}) {
            assertThat(of(new SQLException("away", state)).kind()).as(state).isEqualTo(Kind.PASSING);
        }
        assertThat(of(new SQLException("slot \"x\" is active for PID 7", "55006"))
                        .kind())
                .isEqualTo(Kind.PASSING);
    }

    @Test
    void saysWhatToDoWhereWaitingIsOfNoUse() {
        assertThat(of(new ProducerFencedException("fenced")).message()).contains("cdc.slot");
        assertThat(of(new InvalidProducerEpochException("fenced")).fenced()).isTrue();
        assertThat(of(new TopicAuthorizationException("orders")).kind()).isEqualTo(Kind.FATAL);
        assertThat(of(new RecordTooLargeException("big")).message()).contains("max.message.bytes");
        assertThat(of(new SQLException("password", "28P01")).message()).contains("postgres.user");
        assertThat(of(new SQLException("permission denied for table x", "42501"))
                        .message())
                .contains("permission denied for table x")
                .contains("REPLICATION");
        assertThat(of(new MappingException("no column")).kind()).isEqualTo(Kind.FATAL);
    }

    @Test
    void isOneLine() {
        Trouble trouble = of(new IllegalStateException("first\n   second"));
        assertThat(trouble.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(trouble.message()).isEqualTo("first second");
    }

    private static Trouble of(Throwable e) {
        return Trouble.of(e, "shop");
    }
}
