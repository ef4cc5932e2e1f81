package io.gamestream.chaos.cdc.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The keys of one connection and the rows that they have at the moment; changes can be undone back to a mark. */
final class KeyPool {

    private final String prefix;
    private final @Nullable GameRow[] rows;
    private final long[] written;

    /** All keys, the live ones first. */
    private final int[] order;

    private final int[] place;
    private int live;
    private final List<Undo> undo = new ArrayList<>();

    private record Undo(int key, @Nullable GameRow before) {}

    KeyPool(String prefix, int size) {
        this.prefix = prefix;
        rows = new @Nullable GameRow[size];
        written = new long[size];
        order = new int[size];
        place = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
            place[i] = i;
        }
    }

    int live() {
        return live;
    }

    int dead() {
        return order.length - live;
    }

    String name(int key) {
        return prefix + key;
    }

    GameRow row(int key) {
        return Objects.requireNonNull(rows[key], () -> name(key) + " is deleted");
    }

    /** Never given out twice, whatever is rolled back. */
    long nextSeq(int key) {
        return ++written[key];
    }

    /** Up to that many different live keys. */
    List<Integer> anyLive(SplittableRandom random, int count) {
        return pick(random, 0, live, count);
    }

    /** Up to that many different keys without a row. */
    List<Integer> anyDead(SplittableRandom random, int count) {
        return pick(random, live, order.length, count);
    }

    void put(int key, @Nullable GameRow row) {
        undo.add(new Undo(key, rows[key]));
        set(key, row);
    }

    /** Forgets how to undo what was done so far. */
    void settle() {
        undo.clear();
    }

    int mark() {
        return undo.size();
    }

    void undoTo(int mark) {
        while (undo.size() > mark) {
            Undo last = undo.remove(undo.size() - 1);
            set(last.key(), last.before());
        }
    }

    private void set(int key, @Nullable GameRow row) {
        boolean wasLive = rows[key] != null;
        rows[key] = row;
        if (!wasLive && row != null) {
            swap(place[key], live++);
        } else if (wasLive && row == null) {
            swap(place[key], --live);
        }
    }

    /** A partial shuffle of that stretch: what lies at its start afterwards is the choice. */
    private List<Integer> pick(SplittableRandom random, int from, int to, int count) {
        List<Integer> picked = new ArrayList<>();
        for (int i = from; i < to && picked.size() < count; i++) {
            swap(i, random.nextInt(i, to));
            picked.add(order[i]);
        }
        return picked;
    }

    private void swap(int a, int b) {
        int key = order[a];
        order[a] = order[b];
        order[b] = key;
        place[order[a]] = a;
        place[order[b]] = b;
    }
}
