package io.gamestream.cdc.source;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether the database still sends what is captured. What a publication leaves out never reaches the stream, so that nothing
 * in the stream tells of the gap.
 */
public final class PublicationCheck {

    /** Before it the decoding of a change fails where its publication didn't exist at that moment of the log. */
    private static final int RESOLVES_PUBLICATIONS_LATE = 180_000;

    private PublicationCheck() {}

    /**
     * Looks at the publication.
     *
     * @param tables that are in the topics, up to the position
     * @throws SourceException naming what is missing, and what to do
     */
    public static void requireWhole(SourceDatabase database, String publication, Collection<TableName> tables)
            throws SQLException {
        if (tables.isEmpty()) {
            return;
        }
        PublicationInfo info = database.publication(publication).orElse(null);
        if (info == null) {
            if (database.version() < RESOLVES_PUBLICATIONS_LATE) {
                throw new SourceException(
                        "publication " + publication + " has been dropped, and this version of Postgres"
                                + " can't read its log across the gap. To read all rows again with a new slot: ./backbone cdc"
                                + " reset --yes, and start again");
            }
            throw gap("publication " + publication + " has been dropped", tables, "");
        }
        List<TableName> missing = info.missing(tables);
        List<TableName> partial =
                missing.stream().filter(info.partial()::contains).toList();
        if (!partial.isEmpty()) {
            throw gap(
                    "publication " + publication + " sends only some rows or columns of " + names(partial),
                    partial,
                    "give them back whole (ALTER PUBLICATION " + publication + " SET TABLE ...), then ");
        }
        if (!missing.isEmpty()) {
            throw gap(
                    "publication " + publication + " sends nothing of " + names(missing)
                            + " any more (taken out of it, or the table was dropped, renamed or made anew)",
                    missing,
                    "");
        }
        if (!info.everyOperation()) {
            throw gap(
                    "publication " + publication + " doesn't send all of insert, update, delete and truncate",
                    tables,
                    "ALTER PUBLICATION " + publication + " SET (publish = 'insert, update, delete, truncate'), then ");
        }
    }

    private static SourceException gap(String what, Collection<TableName> tables, String first) {
        String reset = tables.stream()
                .map(table -> "./backbone cdc reset --table " + table + " --yes")
                .collect(Collectors.joining("; "));
        return new SourceException(what + ": changes since then have not been captured. To read the rows again (readers"
                + " get each once more, and tombstones for those that are gone): " + first + reset
                + ", and start again. A table that is to be captured no longer: take it out of cdc.tables");
    }

    private static String names(Collection<TableName> tables) {
        return tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
    }
}
