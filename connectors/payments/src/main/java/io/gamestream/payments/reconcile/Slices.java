package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.payments.psp.DisputeState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three days of three books, on disk: as many files as there are slices, in the JVM's temporary directory, each with all that
 * the sides have of some objects of the PSP. So a comparison holds one slice at a time, whatever a shop sells. First everything
 * is added, then slices are read, any number of times. Whatever fails here is an {@link UncheckedIOException}.
 */
final class Slices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Slices.class);

    /** Of a file that is written; 256 of them are 2 MB. */
    private static final int BUFFER = 8_192;

    private final Path directory;
    private final List<DataOutputStream> files = new ArrayList<>();

    Slices(int count) {
        try {
            directory = Files.createTempDirectory("reconciliation-");
            for (int i = 0; i < count; i++) {
                files.add(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)), BUFFER)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the books can't be put aside: " + e, e);
        }
    }

    int count() {
        return files.size();
    }

    void add(BalanceMove move) {
        put(object(move), out -> SliceRows.write(out, SliceRows.MOVE, move));
        if (move.feeMinor() != 0) {
            put(move.id(), out -> SliceRows.write(out, SliceRows.FEE, move));
        }
        if (Duplicates.isCharge(move)) {
            put(Duplicates.owner(move), out -> SliceRows.write(out, SliceRows.CHARGE, move));
        }
    }

    void add(DisputeState dispute) {
        put(dispute.id(), out -> SliceRows.write(out, dispute));
    }

    void add(Posting posting) {
        put(posting.object(), out -> SliceRows.write(out, posting));
    }

    /** What an order's state says; the newest one is added last. */
    void add(String orderId, List<Claim> claims) {
        put(orderId, out -> SliceRows.write(out, orderId));
        claims.forEach(claim -> put(claim.object(), out -> SliceRows.write(out, claim)));
    }

    /** Nothing more is added. */
    void seal() {
        try {
            for (DataOutputStream file : files) {
                file.close();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Charges of the owners of a slice; all of each. */
    List<BalanceMove> charges(int slice) {
        List<BalanceMove> charges = new ArrayList<>();
        read(slice, (kind, row) -> {
            if (kind == SliceRows.CHARGE) {
                charges.add((BalanceMove) row);
            }
        });
        return charges;
    }

    /** Those of some objects that the ledger has a posting for. */
    Set<String> posted(Set<String> objects) {
        Set<String> posted = new HashSet<>();
        objects.stream()
                .map(this::slice)
                .distinct()
                .forEach(slice -> read(slice, (kind, row) -> {
                    if (row instanceof Posting posting && objects.contains(posting.object())) {
                        posted.add(posting.object());
                    }
                }));
        return posted;
    }

    /** @param without charges that don't count */
    Books books(int slice, Set<String> without) {
        List<BalanceMove> moves = new ArrayList<>();
        List<BalanceMove> fees = new ArrayList<>();
        List<DisputeState> disputes = new ArrayList<>();
        List<Posting> ledger = new ArrayList<>();
        Map<String, Claim> claims = new HashMap<>();
        Set<String> orders = new HashSet<>();
        read(slice, (kind, row) -> {
            if (row instanceof BalanceMove move) {
                boolean counts = move.kind() != BalanceMove.Kind.CAPTURE || !without.contains(move.source());
                if (counts && kind != SliceRows.CHARGE) {
                    (kind == SliceRows.FEE ? fees : moves).add(move);
                }
            } else if (row instanceof DisputeState dispute) {
                disputes.add(dispute);
            } else if (row instanceof Posting posting) {
                ledger.add(posting);
            } else if (row instanceof Claim claim) {
                claims.put(claim.object(), claim);
            } else {
                orders.add((String) row);
            }
        });
        return new Books(moves, fees, disputes, ledger, claims, orders.size());
    }

    /** Leaves nothing on the disk, least of all where it is full: what can't be written any more isn't needed any more. */
    @Override
    public void close() {
        for (int i = 0; i < files.size(); i++) {
            try {
                files.get(i).close();
            } catch (IOException e) {
                LOG.debug("slice {} was not written whole", i, e);
            }
            delete(file(i));
        }
        delete(directory);
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("{} can't be deleted: {}", path, e.toString());
        }
    }

    private static String object(BalanceMove move) {
        String object = move.kind() == BalanceMove.Kind.OTHER ? move.id() : move.object();
        return object == null ? move.source() : object;
    }

    private int slice(String key) {
        return Math.floorMod(key.hashCode(), files.size());
    }

    private void put(String key, Writing writing) {
        try {
            writing.to(files.get(slice(key)));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void read(int slice, SliceRows.Reader reader) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file(slice)), 8 * BUFFER))) {
            SliceRows.read(in, reader);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Path file(int slice) {
        return directory.resolve("slice-" + slice);
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("the books put aside in " + directory + " can't be written or read: " + e, e);
    }

    private interface Writing {

        void to(DataOutputStream out) throws IOException;
    }
}
