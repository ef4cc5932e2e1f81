package io.gamestream.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;

/**
 * One HTTP/1.1 connection of a load generator: writes GET requests without waiting for answers, and reads answers just far enough to
 * know where they end. A client made for programs takes as long for a request as the server that it is to measure.
 */
final class PipelinedConnection {

    private static final int BYTES = 256 * 1024;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int STATUS_AT = 9;

    /** Told of each answer, in the order of the requests. */
    @FunctionalInterface
    interface Answers {
        void answered(long dueNanos, int status);
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer out = ByteBuffer.allocate(BYTES);
    private final ByteBuffer in = ByteBuffer.allocate(BYTES);
    private final ArrayDeque<Long> due = new ArrayDeque<>();
    private long bodyLeft;

    PipelinedConnection(Selector selector, InetSocketAddress server) throws IOException {
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Requests that wait for their answers. */
    int underWay() {
        return due.size();
    }

    /** Adds a request that {@link #flush} sends; false where there is no room for it now. */
    boolean add(String path, long dueNanos) {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        if (out.remaining() < request.length) {
            return false;
        }
        out.put(request);
        due.add(dueNanos);
        return true;
    }

    void flush() throws IOException {
        if (out.position() > 0) {
            out.flip();
            channel.write(out);
            out.compact();
        }
        int wanted = out.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    void read(Answers answers) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the server has closed a connection with " + due.size() + " requests under way");
        }
        in.flip();
        while (skipBody() && readHead(answers)) {
            // Several answers may be there at once.
        }
        in.compact();
    }

    private boolean skipBody() {
        int here = (int) Math.min(bodyLeft, in.remaining());
        in.position(in.position() + here);
        bodyLeft -= here;
        return bodyLeft == 0;
    }

    /** Counts an answer when its head is there; its body follows in the same packets. */
    private boolean readHead(Answers answers) throws IOException {
        int end = endOfHead();
        if (end < 0) {
            return false;
        }
        byte[] bytes = new byte[end - in.position()];
        in.get(bytes);
        String head = new String(bytes, StandardCharsets.US_ASCII);
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        Long asked = due.poll();
        if (at < 0 || asked == null) {
            throw new IOException("an answer without a length, or without a request: " + head);
        }
        int from = at + LENGTH.length();
        bodyLeft = Long.parseLong(head.substring(from, head.indexOf('\r', from)).trim());
        answers.answered(asked, Integer.parseInt(head.substring(STATUS_AT, STATUS_AT + 3)));
        return true;
    }

    private int endOfHead() {
        for (int at = in.position(); at + END_OF_HEAD.length <= in.limit(); at++) {
            if (in.get(at) == '\r' && in.get(at + 1) == '\n' && in.get(at + 2) == '\r' && in.get(at + 3) == '\n') {
                return at + END_OF_HEAD.length;
            }
        }
        return -1;
    }

    void close() throws IOException {
        channel.close();
    }
}
