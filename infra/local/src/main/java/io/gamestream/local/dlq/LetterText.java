package io.gamestream.local.dlq;

import io.gamestream.schemas.dlq.ReplayNote;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dead letter that is a record, for a person. */
final class LetterText {

    private static final int SHOWN = 512;

    private LetterText() {}

    static void write(RecordLetter letter, Optional<ReplayNote> note, PrintWriter out) {
        out.println("id      " + letter.id());
        out.println("at      " + letter.at());
        if (letter.origin() != null) {
            out.println("from    " + letter.origin().topic() + ", partition "
                    + letter.origin().partition() + ", offset " + letter.offset());
        }
        letter.about().ifPresent(table -> out.println("table   " + table));
        out.println("why     " + letter.why());
        out.println("key     " + bytes(letter.key()));
        out.println("value   " + bytes(letter.value()));
        letter.headers().forEach(header -> out.println("header  " + header.key() + " " + bytes(header.value())));
        note.ifPresent(done -> out.println("replayed by " + done.getActor() + " at " + done.getAt()));
        out.println("do      "
                + Refusals.refusal(letter, note, false)
                        .orElse("mend its reader or its writer, then './backbone dlq replay " + letter.id() + "'"));
    }

    /** As text where it is text. */
    private static String bytes(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "none";
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // Binary, as Avro is.
        }
        int shown = Math.min(bytes.length, SHOWN);
        return bytes.length + " bytes: " + HexFormat.of().formatHex(bytes, 0, shown)
                + (shown < bytes.length ? " ..." : "");
    }
}
