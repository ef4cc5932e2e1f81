package io.gamestream.serving.sessions;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.ClassCapacity;
import java.io.IOException;
import java.util.Collection;

/** Slots and players of one GPU class, or of all, in one cell or more. */
record Totals(long slots, long usable, long free, long live, long playing, long queued, long releasesPerMinute) {

    private static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0);

    static Totals of(ClassCapacity capacity) {
        return new Totals(
                capacity.getSlots(),
                capacity.getUsable(),
                capacity.getFree(),
                capacity.getLive(),
                capacity.getPlaying(),
                capacity.getQueued(),
                capacity.getReleasesPerMinute());
    }

    static Totals of(Collection<CellCapacity> cells) {
        return cells.stream()
                .flatMap(cell -> cell.getClasses().stream())
                .map(Totals::of)
                .reduce(NONE, Totals::plus);
    }

    private Totals plus(Totals other) {
        return new Totals(
                slots + other.slots,
                usable + other.usable,
                free + other.free,
                live + other.live,
                playing + other.playing,
                queued + other.queued,
                releasesPerMinute + other.releasesPerMinute);
    }

    /** Writes them as members of the object that is open. */
    void write(JsonGenerator json) throws IOException {
        json.writeNumberField("slots", slots);
        json.writeNumberField("usable", usable);
        json.writeNumberField("free", free);
        json.writeNumberField("live", live);
        json.writeNumberField("playing", playing);
        json.writeNumberField("queued", queued);
        json.writeNumberField("releasesPerMinute", releasesPerMinute);
    }
}
