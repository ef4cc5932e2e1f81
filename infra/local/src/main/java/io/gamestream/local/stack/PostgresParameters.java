package io.gamestream.local.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The server's parameters; everything else is Postgres' own default. */
final class PostgresParameters {

    private PostgresParameters() {}

    /** As arguments of the server program. */
    static List<String> of(int port) {
        Map<String, String> all = new TreeMap<>();
        all.put("port", Integer.toString(port));
        all.put("listen_addresses", LocalPorts.HOST);
        // Loopback only: one way in, and no socket file in a directory that users share.
        all.put("unix_socket_directories", "");
        durability(all);
        replication(all);
        oneMachine(all);
        List<String> arguments = new ArrayList<>();
        all.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return arguments;
    }

    private static void durability(Map<String, String> all) {
        all.put("fsync", "on");
        all.put("synchronous_commit", "on");
        all.put("full_page_writes", "on");
    }

    private static void replication(Map<String, String> all) {
        all.put("wal_level", "logical");
        all.put("max_replication_slots", "10");
        all.put("max_wal_senders", "10");
        // A slot that nobody reads is given up before it fills the disk; wal_status tells so in the metrics.
        all.put("max_slot_wal_keep_size", "4GB");
        // A reader that went without a word frees its slot after this.
        all.put("wal_sender_timeout", "10s");
    }

    private static void oneMachine(Map<String, String> all) {
        all.put("max_connections", "100");
        all.put("shared_buffers", "64MB");
        // Worker processes for I/O cost memory and help only where disks are slow to answer.
        all.put("io_method", "sync");
        all.put("jit", "off");
        all.put("log_line_prefix", "%m [%p] ");
    }
}
