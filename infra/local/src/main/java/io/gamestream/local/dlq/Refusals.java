package io.gamestream.local.dlq;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.TopicSpec.Cleanup;
import io.gamestream.schemas.dlq.ReplayNote;
import java.util.Optional;

/** Whether a dead letter's record may be sent again. Pure. */
final class Refusals {

    private Refusals() {}

    /**
     * Why not; empty where it may.
     *
     * @param note of an earlier replay
     * @param superseded whether its key has got a newer record; asked for compacted topics, where the newest one is the truth
     */
    static Optional<String> refusal(RecordLetter letter, Optional<ReplayNote> note, boolean superseded) {
        if (note.isPresent()) {
            return Optional.of("replayed already, by " + note.get().getActor() + " at "
                    + note.get().getAt() + "; nothing was done");
        }
        if (letter.origin() == null) {
            return Optional.of(letter.about()
                    .map(table -> "a change of table " + table + ", which is kept as the database told it, not as a"
                            + " record: mend what is said below, then have its rows read again with './backbone cdc"
                            + " snapshot' (an outbox: insert the event again)")
                    .orElse("it doesn't say where it came from"));
        }
        if (letter.origin().partition() < 0 || letter.offset() < 0) {
            return Optional.of("it doesn't say where in " + letter.origin().topic() + " it came from");
        }
        return superseded
                ? Optional.of("superseded: its key has a newer record in "
                        + letter.origin().topic() + ", which an old one must not replace; nothing was done")
                : Optional.empty();
    }

    /** Whether only the newest record of a key counts there. */
    static boolean isCompacted(String topic) {
        return TopicCatalogue.find(topic)
                .map(TopicSpec::cleanup)
                .filter(cleanup -> cleanup != Cleanup.DELETE)
                .isPresent();
    }
}
