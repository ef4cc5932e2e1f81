package io.gamestream.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.postgresql.connection.MessageDecoder;
import java.nio.ByteBuffer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CommitMarkTest {

    @Property
    void travelsUnchanged(@ForAll long commitLsn, @ForAll long rows) {
        CommitMark mark = new CommitMark(commitLsn, rows);
        assertThat(CommitMark.read(ByteBuffer.wrap(mark.write()))).isEqualTo(mark);
    }

    @Example
    void theConnectorStillKeepsItsDecoderWhereItIsReplaced() throws NoSuchFieldException {
        assertThat(CommitMarkingConnector.decoderField().getType()).isEqualTo(MessageDecoder.class);
    }
}
