package io.gamestream.topology.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An ordered set that knows ranks: chunks of some hundred elements, so that adding, removing and ranking touch one chunk and
 * the list of chunks.
 */
final class RankedQueue<T> implements Iterable<T> {

    private static final int LARGEST_CHUNK = 512;

    private final Comparator<T> order;
    private final List<List<T>> chunks = new ArrayList<>();
    private int size;

    /** The order must be total: two elements that compare as equal are one. */
    RankedQueue(Comparator<T> order) {
        this.order = order;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    T first() {
        return size == 0 ? null : chunks.get(0).get(0);
    }

    /** False where it was there. */
    boolean add(T element) {
        if (chunks.isEmpty()) {
            chunks.add(new ArrayList<>(List.of(element)));
            size++;
            return true;
        }
        int number = chunkOf(element);
        List<T> chunk = chunks.get(number);
        int at = Collections.binarySearch(chunk, element, order);
        if (at >= 0) {
            return false;
        }
        chunk.add(-at - 1, element);
        size++;
        if (chunk.size() > LARGEST_CHUNK) {
            List<T> half = chunk.subList(LARGEST_CHUNK / 2, chunk.size());
            chunks.add(number + 1, new ArrayList<>(half));
            half.clear();
        }
        return true;
    }

    /** False where it wasn't there. */
    boolean remove(T element) {
        if (chunks.isEmpty()) {
            return false;
        }
        int number = chunkOf(element);
        List<T> chunk = chunks.get(number);
        int at = Collections.binarySearch(chunk, element, order);
        if (at < 0) {
            return false;
        }
        chunk.remove(at);
        size--;
        if (chunk.isEmpty()) {
            chunks.remove(number);
        }
        return true;
    }

    /** How many elements come before it, whether it is there or not. */
    int rank(T element) {
        if (chunks.isEmpty()) {
            return 0;
        }
        int number = chunkOf(element);
        int before = 0;
        for (int i = 0; i < number; i++) {
            before += chunks.get(i).size();
        }
        int at = Collections.binarySearch(chunks.get(number), element, order);
        return before + (at >= 0 ? at : -at - 1);
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private int chunk;
            private int at;

            @Override
            public boolean hasNext() {
                return chunk < chunks.size();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                T element = chunks.get(chunk).get(at++);
                if (at == chunks.get(chunk).size()) {
                    chunk++;
                    at = 0;
                }
                return element;
            }
        };
    }

    /** The last chunk that begins at or before the element; the first one where none does. */
    private int chunkOf(T element) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (order.compare(chunks.get(middle).get(0), element) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
