package io.gamestream.topology.payment;

import io.gamestream.schemas.payments.CauseKind;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.PaymentView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** The journal's causes and hash chain. Pure. */
public final class JournalRules {

    /**
     * Who and what caused an entry.
     *
     * @param id of the command, operation, event or break; kind of the timer
     */
    record Cause(CauseKind kind, String id, String actor) {}

    /** Header of a journal record: when the order's entry before it was written, in ms since 1970; not on the first. */
    public static final String PREVIOUS_AT = "previous-at";

    private static final String PSP = "psp";
    private static final String SAGA = "saga";

    private static final Set<TransitionTable.Row> ARROWS = Set.copyOf(PaymentTransitions.moves());

    private JournalRules() {}

    static Cause cause(PaymentInput input) {
        if (input instanceof PaymentInput.Asked asked) {
            return new Cause(
                    CauseKind.ORDER_COMMAND,
                    asked.command().getCommandId(),
                    asked.command().getActor());
        }
        if (input instanceof PaymentInput.Answered answered) {
            return new Cause(CauseKind.PSP_RESULT, answered.result().getOperationId(), PSP);
        }
        if (input instanceof PaymentInput.Told told) {
            return new Cause(CauseKind.WEBHOOK, told.event().getEventId(), PSP);
        }
        if (input instanceof PaymentInput.Administered administered) {
            return new Cause(
                    CauseKind.ADMIN_COMMAND,
                    administered.command().getCommandId(),
                    administered.command().getActor());
        }
        if (input instanceof PaymentInput.Differs differs) {
            return new Cause(CauseKind.RECONCILIATION, differs.found().getBreakId(), "reconciliation");
        }
        return new Cause(CauseKind.TIMER, ((PaymentInput.Due) input).timer().name(), SAGA);
    }

    /**
     * SHA-256 of the entry with an empty hash.
     *
     * @return hexadecimal, lower case
     */
    public static String hash(JournalEntry entry) {
        JournalEntry bare = new JournalEntry(
                entry.getOrderId(),
                entry.getSeq(),
                entry.getAt(),
                entry.getActor(),
                entry.getCauseKind(),
                entry.getCauseId(),
                entry.getTransitions(),
                entry.getNote(),
                entry.getState(),
                entry.getPrevHash(),
                "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<>(JournalEntry.class).write(bare, encoder);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * What is wrong with the entries of one order; empty where nothing is: sequence without gaps from 1, an unbroken chain,
     * arrows of the transition table only.
     */
    public static Optional<String> problem(List<JournalEntry> entries) {
        String previous = "";
        long seq = 0;
        for (JournalEntry entry : entries) {
            String where = "order " + entry.getOrderId() + ", entry " + entry.getSeq() + ": ";
            if (entry.getSeq() != seq + 1) {
                return Optional.of(where + "comes after entry " + seq);
            }
            if (!entry.getPrevHash().equals(previous) || !entry.getHash().equals(hash(entry))) {
                return Optional.of(where + "the hash chain is broken");
            }
            Optional<String> illegal = entry.getTransitions().stream()
                    .filter(made -> !ARROWS.contains(
                            new TransitionTable.Row(made.getLevel(), made.getEvent(), made.getFrom(), made.getTo())))
                    .findFirst()
                    .map(made -> where + made + " is no arrow of the transition table");
            if (illegal.isPresent()) {
                return illegal;
            }
            previous = entry.getHash();
            seq = entry.getSeq();
        }
        return Optional.empty();
    }

    /** The state at a past moment; empty before the first entry. */
    public static Optional<PaymentView> asOf(List<JournalEntry> entries, Instant moment) {
        return entries.stream()
                .filter(entry -> !entry.getAt().isAfter(moment))
                .reduce((first, second) -> second)
                .map(JournalEntry::getState);
    }
}
