package io.gamestream.chaos.cdc.script;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The endless list of transactions of one connection: the same for the same seed. Each connection has keys of its own, so
 * that the order of the writes of a key does not hang on timing, while transactions of different connections interleave.
 */
public final class Script {

    private final SplittableRandom random;
    private final KeyPool pool;
    private final RowMaker rows;
    private final Sizes sizes;
    private long number;

    /**
     * How large things get.
     *
     * @param keys of one connection; half of them have a row most of the time
     * @param copyMin rows of the smallest COPY
     * @param copyMax rows of the largest COPY, and of the largest mass deletion
     */
    public record Sizes(int keys, int copyMin, int copyMax) {

        public Sizes {
            if (copyMin < 1 || copyMax < copyMin || keys < 2 * copyMax) {
                throw new IllegalArgumentException("keys: " + keys + ", copyMin: " + copyMin + ", copyMax: " + copyMax
                        + " (expected: 1 <= copyMin <= copyMax <= keys / 2)");
            }
        }
    }

    public Script(long seed, int connection, Sizes sizes) {
        // Neighbouring seeds and connections must not share a stream.
        this.random = new SplittableRandom(new SplittableRandom(seed + 1_000_003L * connection).nextLong());
        this.pool = new KeyPool("c" + connection + "-", sizes.keys());
        this.rows = new RowMaker(random);
        this.sizes = sizes;
    }

    /** Rows that are there before anything else happens: one large COPY. */
    public Transaction preload(int count) {
        Transaction transaction = new Transaction(++number, List.of(copy(count)), true);
        pool.settle();
        return transaction;
    }

    public Transaction next() {
        boolean commits = random.nextInt(10) > 0;
        Transaction transaction = new Transaction(++number, steps(), commits);
        if (!commits) {
            pool.undoTo(0);
        }
        pool.settle();
        return transaction;
    }

    private List<Step> steps() {
        if (pool.live() == 0) {
            return List.of(insert(100));
        }
        int dice = random.nextInt(100);
        if (dice < 3) {
            return List.of(copyOrShrink());
        } else if (dice < 13) {
            return List.of(insert(random.nextInt(2, 100)));
        } else if (dice < 45) {
            return List.of(update(1));
        } else if (dice < 60) {
            return List.of(update(random.nextInt(2, 200)));
        } else if (dice < 68) {
            return List.of(delete(random.nextInt(1, 50)));
        } else if (dice < 75) {
            return List.of(rekey());
        } else if (dice < 80) {
            return birthAndDeath();
        } else {
            return mixed();
        }
    }

    /** Several keys in one transaction, some of them more than once, some of it undone. */
    private List<Step> mixed() {
        List<Step> steps = new ArrayList<>();
        int count = random.nextInt(2, 8);
        for (int i = 0; i < count; i++) {
            steps.add(small());
        }
        if (random.nextInt(3) == 0) {
            int mark = pool.mark();
            steps.add(new Step.Undone(List.of(small(), small())));
            pool.undoTo(mark);
            steps.add(small());
        }
        return steps;
    }

    private Step small() {
        if (pool.live() == 0) {
            return insert(2);
        }
        return switch (random.nextInt(6)) {
            case 0 -> insert(random.nextInt(1, 5));
            case 1 -> delete(random.nextInt(1, 3));
            case 2 -> rekey();
            default -> update(random.nextInt(1, 4));
        };
    }

    /** A key that comes, changes twice, goes and comes again within one transaction. */
    private List<Step> birthAndDeath() {
        List<Integer> keys = pool.anyDead(random, 1);
        if (keys.isEmpty()) {
            return List.of(update(1));
        }
        int key = keys.get(0);
        Step born = new Step.Insert(List.of(write(key)));
        Step first = new Step.Update(List.of(rewrite(key, true)), true);
        Step second = new Step.Update(List.of(rewrite(key, false)), false);
        pool.put(key, null);
        Step gone = new Step.Delete(List.of(pool.name(key)));
        return List.of(born, first, second, gone, new Step.Insert(List.of(write(key))));
    }

    private Step copyOrShrink() {
        boolean full = pool.live() > sizes.keys() / 2 || pool.dead() < sizes.copyMin();
        int count = random.nextInt(sizes.copyMin(), sizes.copyMax() + 1);
        return full ? delete(count) : copy(count);
    }

    private Step copy(int count) {
        return new Step.Copy(
                pool.anyDead(random, count).stream().map(this::write).toList());
    }

    private Step insert(int count) {
        List<Integer> keys = pool.anyDead(random, count);
        return keys.isEmpty()
                ? delete(count)
                : new Step.Insert(keys.stream().map(this::write).toList());
    }

    private Step update(int count) {
        boolean description = random.nextInt(4) == 0;
        return new Step.Update(
                pool.anyLive(random, count).stream()
                        .map(key -> rewrite(key, description))
                        .toList(),
                description);
    }

    private Step delete(int count) {
        List<Integer> keys = pool.anyLive(random, count);
        keys.forEach(key -> pool.put(key, null));
        return new Step.Delete(keys.stream().map(pool::name).toList());
    }

    private Step rekey() {
        List<Integer> to = pool.anyDead(random, 1);
        if (to.isEmpty()) {
            return delete(1);
        }
        int from = pool.anyLive(random, 1).get(0);
        int key = to.get(0);
        boolean description = random.nextBoolean();
        GameRow after = rows.changed(pool.row(from), pool.name(key), pool.nextSeq(key), description);
        pool.put(from, null);
        pool.put(key, after);
        return new Step.Rekey(pool.name(from), after, description);
    }

    private GameRow write(int key) {
        GameRow row = rows.fresh(pool.name(key), pool.nextSeq(key));
        pool.put(key, row);
        return row;
    }

    private GameRow rewrite(int key, boolean description) {
        GameRow row = rows.changed(pool.row(key), pool.name(key), pool.nextSeq(key), description);
        pool.put(key, row);
        return row;
    }

    /** The scripts of that many connections. */
    public static List<Script> all(long seed, int connections, Sizes sizes) {
        return IntStream.range(0, connections)
                .mapToObj(connection -> new Script(seed, connection, sizes))
                .toList();
    }
}
