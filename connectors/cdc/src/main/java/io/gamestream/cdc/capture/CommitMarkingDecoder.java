package io.gamestream.cdc.capture;

import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.LogicalDecodingMessage;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.MessageDecoder;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.connector.postgresql.connection.ReplicationMessage.Operation;
import io.debezium.connector.postgresql.connection.ReplicationStream.ReplicationMessageProcessor;
import io.debezium.connector.postgresql.connection.TransactionMessage;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.fluent.logical.ChainedLogicalStreamBuilder;

/**
 * Adds to the engine's decoder what exactness needs and the engine drops: the commit LSN that {@code BEGIN} announces, as
 * the transaction id of each row, and a mark after the last row of each transaction. (The engine's own transaction records
 * would be two more records per transaction and a structure per row, and have no commit LSN.)
 */
final class CommitMarkingDecoder implements MessageDecoder {

    private static final char BEGIN = 'B';

    private final MessageDecoder decoder;
    private long commitLsn;
    private long rows;

    CommitMarkingDecoder(MessageDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public void processMessage(ByteBuffer buffer, ReplicationMessageProcessor processor, TypeRegistry types)
            throws SQLException, InterruptedException {
        if (buffer != null && buffer.get(buffer.position()) == BEGIN) {
            commitLsn = buffer.getLong(buffer.position() + 1);
            rows = 0;
        }
        decoder.processMessage(buffer, message -> pass(message, processor), types);
    }

    private void pass(@Nullable ReplicationMessage message, ReplicationMessageProcessor processor)
            throws SQLException, InterruptedException {
        if (message == null) {
            processor.process(null);
            return;
        }
        switch (message.getOperation()) {
            case INSERT, UPDATE, DELETE, TRUNCATE -> {
                if (!message.isSkippedMessage()) {
                    rows++;
                }
                processor.process(new InTransaction(message, commitLsn));
            }
            case BEGIN ->
                processor.process(new TransactionMessage(Operation.BEGIN, commitLsn, message.getCommitTime()));
            case COMMIT -> {
                processor.process(new TransactionMessage(Operation.COMMIT, commitLsn, message.getCommitTime()));
                processor.process(mark(message.getCommitTime()));
            }
            case MESSAGE, NOOP, ORIGIN -> processor.process(message);
        }
    }

    /** Not transactional: the engine then takes its LSN, the end of the transaction, as the one to resume from. */
    private LogicalDecodingMessage mark(Instant commitTime) {
        return new LogicalDecodingMessage(
                Operation.MESSAGE,
                commitTime,
                commitLsn,
                false,
                CommitMark.PREFIX,
                new CommitMark(commitLsn, rows).write());
    }

    @Override
    public ChainedLogicalStreamBuilder defaultOptions(
            ChainedLogicalStreamBuilder builder, Function<Integer, Boolean> hasMinimumServerVersion) {
        return decoder.defaultOptions(builder, hasMinimumServerVersion);
    }

    @Override
    public boolean shouldMessageBeSkipped(
            ByteBuffer buffer, Lsn lastReceivedLsn, Lsn startLsn, WalPositionLocator walPosition) {
        return decoder.shouldMessageBeSkipped(buffer, lastReceivedLsn, startLsn, walPosition);
    }

    @Override
    public void close() {
        decoder.close();
    }

    /** A change that names its transaction by the commit LSN. */
    private record InTransaction(ReplicationMessage message, long commitLsn) implements ReplicationMessage {

        @Override
        public OptionalLong getTransactionId() {
            return OptionalLong.of(commitLsn);
        }

        @Override
        public Operation getOperation() {
            return message.getOperation();
        }

        @Override
        public Instant getCommitTime() {
            return message.getCommitTime();
        }

        @Override
        public String getTable() {
            return message.getTable();
        }

        @Override
        public List<Column> getOldTupleList() {
            return message.getOldTupleList();
        }

        @Override
        public List<Column> getNewTupleList() {
            return message.getNewTupleList();
        }

        @Override
        public boolean isLastEventForLsn() {
            return message.isLastEventForLsn();
        }

        @Override
        public boolean shouldSchemaBeSynchronized() {
            return message.shouldSchemaBeSynchronized();
        }

        @Override
        public boolean isSkippedMessage() {
            return message.isSkippedMessage();
        }
    }
}
