package io.gamestream.payments.intake;

import com.zaxxer.hikari.HikariDataSource;
import io.gamestream.runtime.service.Reasons;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the tables of keys and events small; in portions, so that no order waits for it. */
final class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int PORTION = 1_000;

    private final HikariDataSource pool;
    private final IntakeSettings settings;

    Housekeeping(HikariDataSource pool, IntakeSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /** One round; what fails is done in the next. */
    void round() {
        try {
            prune("payments.idempotency", "key", settings.keepKeys());
            prune("payments.outbox", "id", settings.keepOutbox());
        } catch (SQLException e) {
            LOG.warn("old keys and events are kept until the next round: {}", Reasons.of(e));
        }
    }

    private void prune(String table, String key, Duration keep) throws SQLException {
        String sql = "DELETE FROM " + table + " WHERE " + key + " IN (SELECT " + key + " FROM " + table
                + " WHERE created_at < now() - ? * interval '1 second' ORDER BY created_at LIMIT " + PORTION + ")";
        int deleted = PORTION;
        while (deleted == PORTION) {
            try (Connection connection = pool.getConnection();
                    PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setLong(1, keep.toSeconds());
                deleted = delete.executeUpdate();
            }
        }
    }
}
