package io.gamestream.cdc.it;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.postgresql.PGConnection;

/**
 * Transactions of COPYs, multi-row inserts, updates and deletes on a table {@code (id text, version int, payload text)}, by
 * one connection on keys of its own; it knows what each key has gone through.
 */
final class Workload {

    /** Of a key that is gone. */
    static final String DELETED = "deleted";

    private Connection connection;
    private final String table;
    private final String prefix;
    private final Random random;
    private final Map<String, List<String>> history = new HashMap<>();
    private final List<String> alive = new ArrayList<>();
    private int next;
    private long rows;

    Workload(Connection connection, String table, String prefix, long seed) throws SQLException {
        this.connection = connection;
        this.table = table;
        this.prefix = prefix;
        this.random = new Random(seed);
        connection.setAutoCommit(false);
    }

    /** Goes on over another connection. */
    void use(Connection other) throws SQLException {
        connection = other;
        connection.setAutoCommit(false);
    }

    /** What each key has gone through, in order: versions, or {@link #DELETED}. */
    Map<String, List<String>> history() {
        return history;
    }

    long rows() {
        return rows;
    }

    /** One transaction of 1 to 3 statements. */
    void transaction() throws SQLException, IOException {
        for (int i = random.nextInt(3); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> copy(500 + random.nextInt(1_500));
                case 1 -> insert(1 + random.nextInt(500));
                case 2, 3 -> update();
                default -> delete();
            }
        }
        if (random.nextInt(10) == 0) {
            rollback();
        } else {
            connection.commit();
            settle();
        }
    }

    private final Map<String, List<String>> pending = new HashMap<>();
    private final List<String> born = new ArrayList<>();
    private final List<String> died = new ArrayList<>();

    private void copy(int count) throws SQLException, IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(birth())
                    .append("\t1\t")
                    .append("x".repeat(random.nextInt(60)))
                    .append('\n');
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (id, version, payload) FROM STDIN", new StringReader(lines.toString()));
    }

    private void insert(int count) throws SQLException {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < count; i++) {
            values.append(i == 0 ? "" : ",").append("('").append(birth()).append("', 1, 'inserted')");
        }
        execute("INSERT INTO " + table + " (id, version, payload) VALUES " + values);
    }

    private void update() throws SQLException {
        for (String key : some(200)) {
            note(key, String.valueOf(version(key) + 1));
        }
        execute("UPDATE " + table + " SET version = version + 1 WHERE id IN " + chosen());
    }

    private void delete() throws SQLException {
        List<String> keys = some(50);
        keys.forEach(key -> note(key, DELETED));
        died.addAll(keys);
        execute("DELETE FROM " + table + " WHERE id IN " + chosen());
    }

    private List<String> chosen = List.of();

    private List<String> some(int most) {
        List<String> keys = new ArrayList<>();
        int count = Math.min(1 + random.nextInt(most), alive.size());
        for (int i = 0; i < count; i++) {
            String key = alive.get(random.nextInt(alive.size()));
            if (!keys.contains(key) && !died.contains(key)) {
                keys.add(key);
            }
        }
        chosen = keys;
        return keys;
    }

    private String chosen() {
        return chosen.isEmpty() ? "('')" : "('" + String.join("','", chosen) + "')";
    }

    private String birth() {
        String key = prefix + next++;
        note(key, "1");
        born.add(key);
        return key;
    }

    private int version(String key) {
        List<String> now = pending.getOrDefault(key, history.getOrDefault(key, List.of()));
        return Integer.parseInt(now.get(now.size() - 1));
    }

    private void note(String key, String state) {
        pending.computeIfAbsent(key, k -> new ArrayList<>()).add(state);
    }

    private void settle() {
        pending.forEach((key, states) -> {
            history.computeIfAbsent(key, k -> new ArrayList<>()).addAll(states);
            rows += states.size();
        });
        alive.addAll(born);
        alive.removeAll(new java.util.HashSet<>(died));
        forget();
    }

    private void rollback() throws SQLException {
        connection.rollback();
        forget();
    }

    private void forget() {
        pending.clear();
        born.clear();
        died.clear();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
