package io.gamestream.cdc.capture;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.MessageDecoder;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.PostgresReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import java.lang.reflect.Field;
import java.sql.SQLException;
import org.apache.kafka.connect.connector.Task;

/** The engine's Postgres connector with {@link CommitMarkingDecoder} in its stream. Made by the engine, by name. */
public final class CommitMarkingConnector extends PostgresConnector {

    @Override
    public Class<? extends Task> taskClass() {
        return CaptureTask.class;
    }

    /** The connector's task; public because the engine makes it by its class. */
    public static final class CaptureTask extends PostgresConnectorTask {

        @Override
        protected ReplicationConnection buildReplicationConnection(
                PostgresConnection connection, PostgresSchema schema, PostgresConnectorConfig config)
                throws SQLException {
            ReplicationConnection made = super.buildReplicationConnection(connection, schema, config);
            mark(made);
            return made;
        }
    }

    /** The decoder is the one thing that the connector doesn't let be chosen. */
    static void mark(ReplicationConnection connection) {
        try {
            Field field = decoderField();
            field.set(connection, new CommitMarkingDecoder((MessageDecoder) field.get(connection)));
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new LinkageError(
                    "this version of debezium-connector-postgres keeps its decoder elsewhere (expected: field"
                            + " messageDecoder of PostgresReplicationConnection, as in 3.7.0)",
                    e);
        }
    }

    static Field decoderField() throws NoSuchFieldException {
        Field field = PostgresReplicationConnection.class.getDeclaredField("messageDecoder");
        field.setAccessible(true);
        return field;
    }
}
