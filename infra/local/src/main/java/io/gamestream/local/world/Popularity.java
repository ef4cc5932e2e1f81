package io.gamestream.local.world;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Zipf's law over numbered things: the weight of the one with rank r is r^-exponent. Ranks of those that are there at the
 * beginning are a permutation; each that comes later gets one by chance, so that a new thing may be a hit.
 */
final class Popularity {

    private final long seed;
    private final String kind;
    private final double exponent;
    private final int beginning;
    private double[] cumulated;
    private int size;

    Popularity(long seed, String kind, int beginning, double exponent) {
        this.seed = seed;
        this.kind = kind;
        this.exponent = exponent;
        this.beginning = beginning;
        this.cumulated = new double[beginning];
        // Collections.shuffle wants this kind of random; its sequence is specified, so the world stays the same.
        List<Integer> ranks = IntStream.rangeClosed(1, beginning).boxed().collect(Collectors.toList());
        Collections.shuffle(ranks, new Random(Dice.of(seed, kind, 0).nextLong()));
        ranks.forEach(this::append);
    }

    /** Makes room up to this number. */
    void growTo(int numbers) {
        while (size < numbers) {
            append(1 + Dice.of(seed, kind, size + 1L).nextInt(beginning));
        }
    }

    /** A number from 1 to the size, the popular ones more often. */
    int pick(SplittableRandom random) {
        double at = random.nextDouble() * cumulated[size - 1];
        int found = Arrays.binarySearch(cumulated, 0, size, at);
        return Math.min(size, found < 0 ? -found : found + 2);
    }

    /** The part of all picks that falls on this number. */
    double share(int number) {
        return (cumulated[number - 1] - (number == 1 ? 0 : cumulated[number - 2])) / cumulated[size - 1];
    }

    private void append(int rank) {
        if (size == cumulated.length) {
            cumulated = Arrays.copyOf(cumulated, size * 2);
        }
        cumulated[size] = (size == 0 ? 0 : cumulated[size - 1]) + Math.pow(rank, -exponent);
        size++;
    }
}
