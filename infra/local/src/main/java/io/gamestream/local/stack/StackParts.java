package io.gamestream.local.stack;

import io.gamestream.local.process.ParallelClose;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of one stack; null where a part was not asked for. */
record StackParts(
        @Nullable EmbeddedKafka kafka,
        @Nullable EmbeddedPostgres postgres,
        @Nullable EmbeddedRedis redis,
        @Nullable EmbeddedRegistry registry)
        implements AutoCloseable {

    static StackParts start(StackSettings settings, DataDirectory data, StartListener listener) {
        StackPorts ports = settings.ports().chosen(settings.parts());
        Programs programs = new Programs(BinaryCache.at(settings.cacheDir()));
        ParallelStart start = new ParallelStart(listener);
        // The slowest first.
        @Nullable
        Future<EmbeddedRegistry> registry = submit(
                start,
                settings,
                Part.REGISTRY,
                () -> EmbeddedRegistry.start(data, programs.registry(), ports.registry()));
        @Nullable
        Future<EmbeddedPostgres> postgres = submit(
                start,
                settings,
                Part.POSTGRES,
                () -> EmbeddedPostgres.start(data, programs.postgres(), ports.postgres()));
        @Nullable
        Future<EmbeddedKafka> kafka = submit(
                start,
                settings,
                Part.KAFKA,
                () -> EmbeddedKafka.start(data.directory(Part.KAFKA.label()), ports.kafka()));
        @Nullable
        Future<EmbeddedRedis> redis =
                submit(start, settings, Part.REDIS, () -> EmbeddedRedis.start(data, programs.redis(), ports.redis()));
        start.await();
        return new StackParts(result(kafka), result(postgres), result(redis), result(registry));
    }

    private static <T extends AutoCloseable> @Nullable Future<T> submit(
            ParallelStart start, StackSettings settings, Part part, Callable<T> body) {
        return settings.parts().contains(part) ? start.submit(part.label(), body) : null;
    }

    private static <T> @Nullable T result(@Nullable Future<T> future) {
        try {
            return future == null ? null : future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("all parts have started before", e);
        }
    }

    @Override
    public void close() {
        ParallelClose.closeAll(Stream.<@Nullable AutoCloseable>of(kafka, postgres, redis, registry)
                .filter(Objects::nonNull)
                .map(AutoCloseable.class::cast)
                .toList());
    }
}
