package io.gamestream.cdc.source;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a publication sends.
 *
 * @param whole tables of which it sends every row and column
 * @param partial tables of which it sends some rows or columns only (a WHERE, or a list of columns)
 * @param everyOperation whether it sends inserts, updates, deletes and truncations
 * @param alterable whether tables can be put into it by this user
 */
public record PublicationInfo(Set<TableName> whole, Set<TableName> partial, boolean everyOperation, boolean alterable) {

    public PublicationInfo {
        whole = Set.copyOf(whole);
        partial = Set.copyOf(partial);
    }

    /** Whether nothing is missing for these tables. */
    public boolean covers(Collection<TableName> tables) {
        return everyOperation && whole.containsAll(tables);
    }

    /** Those of which something is missing, in the given order. */
    List<TableName> missing(Collection<TableName> tables) {
        return tables.stream().filter(table -> !whole.contains(table)).toList();
    }
}
