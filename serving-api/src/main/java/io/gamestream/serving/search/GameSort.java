package io.gamestream.serving.search;

import java.util.Arrays;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSortField;

/** What a list is sorted by; equal ones by id. A game without the value comes last in either direction. */
enum GameSort {
    TITLE("title"),
    PRICE("price"),
    RELEASE_DATE("releaseDate"),
    SALES("sales");

    private final String parameter;

    GameSort(String parameter) {
        this.parameter = parameter;
    }

    /** As in {@code sort=-price}, where the minus asks for the largest first. */
    record Order(GameSort by, boolean descending) {

        /** @throws IllegalArgumentException for a text that is none of those in the OpenAPI document */
        static Order parse(String text) {
            boolean descending = text.startsWith("-");
            String name = descending ? text.substring(1) : text;
            return Arrays.stream(values())
                    .filter(sort -> sort.parameter.equals(name))
                    .map(sort -> new Order(sort, descending))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("sort: " + text));
        }

        Cursor.Kind cursorKind() {
            return by == TITLE ? Cursor.Kind.TEXT : Cursor.Kind.NUMBER;
        }

        Sort sort(GameTable games) {
            return new Sort(by.field(games, descending), new SortField(GameDocument.ID, SortField.Type.STRING));
        }

        @Override
        public String toString() {
            return (descending ? "-" : "") + by.parameter;
        }
    }

    private SortField field(GameTable games, boolean descending) {
        return switch (this) {
            case TITLE -> new SortField(GameDocument.TITLE, SortField.Type.STRING, descending);
            case PRICE -> new SortedNumericSortField(GameDocument.PRICE, SortField.Type.LONG, descending);
            case RELEASE_DATE -> {
                SortField released = new SortedNumericSortField(GameDocument.RELEASED, SortField.Type.LONG, descending);
                released.setMissingValue(descending ? Long.MIN_VALUE : Long.MAX_VALUE);
                yield released;
            }
            case SALES -> new UnitsSold(games).getSortField(descending);
        };
    }
}
