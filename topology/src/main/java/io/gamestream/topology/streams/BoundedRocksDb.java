package io.gamestream.topology.streams;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.apache.kafka.streams.state.internals.BlockBasedTableConfigWithAccessibleCache;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one write-buffer budget for all stores of the process. By default each store has its own 50 MB of
 * cache and 48 MB of write buffers, in memory that the JVM neither sees nor bounds (Kafka's "Memory Management" guide).
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    static final String BYTES = "backbone.rocksdb.bytes";

    /** So that scans don't push the index and filter blocks out. */
    private static final double INDEX_SHARE = 0.2;

    /** Small stores flush small tables; a large memtable per store would only wait for the shared budget. */
    private static final long WRITE_BUFFER_BYTES = 4L << 20;

    private static @Nullable Shared shared;

    private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

    /** By the first store, since its settings come with it. Never closed: stores may be reopened as long as the JVM lives. */
    private static synchronized Shared shared(long bytes) {
        if (shared == null) {
            Cache cache = new LRUCache(bytes, -1, false, INDEX_SHARE);
            shared = new Shared(cache, new WriteBufferManager(bytes / 2, cache));
        }
        return shared;
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Shared common = shared((Long) Objects.requireNonNull(configs.get(BYTES), BYTES));
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        closeOwnCache(table);
        table.setBlockCache(common.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setWriteBufferManager(common.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache and the budget are everyone's.
    }

    /** Kafka Streams has already made a cache for this store; unused it still holds native memory until it is collected. */
    private static void closeOwnCache(BlockBasedTableConfig table) {
        if (table instanceof BlockBasedTableConfigWithAccessibleCache accessible && accessible.blockCache() != null) {
            accessible.blockCache().close();
        }
    }
}
