package io.gamestream.serving.read;

import io.gamestream.serving.render.PaymentJson;
import io.gamestream.serving.view.Entry;
import io.gamestream.serving.view.View;
import io.gamestream.serving.view.ViewRegistry;
import io.gamestream.serving.view.ViewTable;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An order with its payment, where it is paid through the saga. Its row stays as it was placed; the status is the payment's then.
 * The payment has an {@code asOf} of its own, as sales have in a game.
 */
final class OrderResource implements Resource {

    private static final byte[] STATUS = "\"status\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAYMENT = ",\"payment\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte QUOTE = '"';

    private final ViewRegistry registry;

    OrderResource(ViewRegistry registry) {
        this.registry = registry;
    }

    @Override
    public View view() {
        return View.ORDERS;
    }

    @Override
    public @Nullable Found find(ItemKey key) {
        byte[] order = registry.tableOf(View.ORDERS, key.hash()).find(key.bytes(), key.hash());
        if (order == null) {
            return null;
        }
        ViewTable payments = registry.tableOf(View.PAYMENTS, key.hash());
        byte[] payment = payments.find(key.bytes(), key.hash());
        if (payment == null) {
            return new Found(
                    ETags.of(Entry.version(order)), asOf -> Bodies.of(asOf, order, Entry.bodyAt(order), order.length));
        }
        return new Found(
                ETags.of(Entry.version(order), Entry.version(payment)),
                asOf -> join(asOf, order, payment, payments.asOfMillis()));
    }

    /** Both bodies begin with their status. */
    private static Buffer join(long asOf, byte[] order, byte[] payment, long paymentAsOf) {
        int paymentAt = Entry.bodyAt(payment);
        byte[] status = PaymentJson.orderStatus(text(payment, paymentAt + STATUS.length))
                .getBytes(StandardCharsets.US_ASCII);
        // From the quote that ends the status to the last brace, which goes behind the payment.
        int orderAt = end(order, Entry.bodyAt(order) + STATUS.length);
        int orderLength = order.length - 1 - orderAt;
        int paymentLength = payment.length - paymentAt;
        byte[] body = new byte
                [Bodies.headLength(asOf)
                        + STATUS.length
                        + status.length
                        + orderLength
                        + PAYMENT.length
                        + Bodies.headLength(paymentAsOf)
                        + paymentLength
                        + 1];
        int at = Bodies.head(asOf, body, 0);
        at = put(STATUS, 0, STATUS.length, body, at);
        at = put(status, 0, status.length, body, at);
        at = put(order, orderAt, orderLength, body, at);
        at = put(PAYMENT, 0, PAYMENT.length, body, at);
        at = Bodies.head(paymentAsOf, body, at);
        at = put(payment, paymentAt, paymentLength, body, at);
        body[at] = '}';
        return Buffer.buffer(body);
    }

    private static int put(byte[] from, int start, int length, byte[] to, int at) {
        System.arraycopy(from, start, to, at, length);
        return at + length;
    }

    private static String text(byte[] json, int start) {
        return new String(json, start, end(json, start) - start, StandardCharsets.US_ASCII);
    }

    private static int end(byte[] json, int start) {
        int end = start;
        while (json[end] != QUOTE) {
            end++;
        }
        return end;
    }
}
