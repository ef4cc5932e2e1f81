package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.payments.psp.DisputeState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
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
 *
 * <p>No file has a name any more once it is open, so that nothing is left behind however the process ends.
 */
final class Slices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Slices.class);

    /** Of a file that is written; 256 of them are 2 MB. */
    private static final int BUFFER = 8_192;

    private final List<RandomAccessFile> files = new ArrayList<>();
    private final List<DataOutputStream> outs = new ArrayList<>();

    Slices(int count) {
        try {
            for (int i = 0; i < count; i++) {
                RandomAccessFile file = nameless();
                files.add(file);
                outs.add(new DataOutputStream(new BufferedOutputStream(new FileOutputStream(file.getFD()), BUFFER)));
            }
        } catch (IOException e) {
            close();
            throw failed(e);
        }
    }

    private static RandomAccessFile nameless() throws IOException {
        Path path = Files.createTempFile("reconciliation-", null);
        try {
            return new RandomAccessFile(path.toFile(), "rw");
        } finally {
            Files.delete(path);
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
            for (DataOutputStream out : outs) {
                out.flush();
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

    Books books(int slice) {
        List<BalanceMove> moves = new ArrayList<>();
        List<BalanceMove> fees = new ArrayList<>();
        List<DisputeState> disputes = new ArrayList<>();
        List<Posting> ledger = new ArrayList<>();
        Map<String, Claim> claims = new HashMap<>();
        Set<String> orders = new HashSet<>();
        read(slice, (kind, row) -> {
            if (row instanceof BalanceMove move) {
                if (kind != SliceRows.CHARGE) {
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

    /** Leaves nothing on the disk. */
    @Override
    public void close() {
        for (RandomAccessFile file : files) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("a slice of the books can't be closed: {}", e.toString());
            }
        }
    }

    private static String object(BalanceMove move) {
        return move.kind() == BalanceMove.Kind.OTHER ? move.id() : move.object();
    }

    private int slice(String key) {
        return Math.floorMod(key.hashCode(), files.size());
    }

    private void put(String key, Writing writing) {
        try {
            writing.to(outs.get(slice(key)));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void read(int slice, SliceRows.Reader reader) {
        try {
            RandomAccessFile file = files.get(slice);
            file.seek(0);
            // Not to be closed: that would be the file itself.
            InputStream in = new BufferedInputStream(new FileInputStream(file.getFD()), 8 * BUFFER);
            SliceRows.read(new DataInputStream(in), reader);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static UncheckedIOException failed(IOException e) {
        String where = System.getProperty("java.io.tmpdir");
        return new UncheckedIOException("the books can't be put aside in " + where + ", or read there: " + e, e);
    }

    private interface Writing {

        void to(DataOutputStream out) throws IOException;
    }
}
