package io.gamestream.cdc.capture;

/** What the changes of one captured table become. */
interface ChangeSink {

    /** {@code schema.table}. */
    String table();

    /** Where its rows go, for messages. */
    String topic();

    /** Throws {@link io.gamestream.cdc.mapping.UnmappableException} for a change that it can't take. */
    void write(Change change, Emitter out);
}
