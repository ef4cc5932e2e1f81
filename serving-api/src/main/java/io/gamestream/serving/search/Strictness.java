package io.gamestream.serving.search;

/**
 * How near a title must be to the query. A search tries those that differ ({@link TitleQuery#strictnesses}) in order and answers
 * with the first that finds anything: guesses beside good hits would only be noise in the list, its total and its facets.
 */
enum Strictness {
    /** Every word as it is, or as the beginning of one if it is the last. */
    AS_TYPED(0, "as-typed"),
    /** Every word, some with a letter or two wrong. */
    TYPOS(1, "typos"),
    /** Half of the words or more, some with a letter or two wrong. */
    SOME_WORDS(2, "some-words");

    private final int level;
    private final String label;

    Strictness(int level, String label) {
        this.level = level;
        this.label = label;
    }

    /** As cursors carry it. */
    int level() {
        return level;
    }

    /** The last one for a level that there is not. */
    static Strictness ofLevel(int level) {
        return level == AS_TYPED.level ? AS_TYPED : level == TYPOS.level ? TYPOS : SOME_WORDS;
    }

    /** As answers name it. */
    String label() {
        return label;
    }
}
