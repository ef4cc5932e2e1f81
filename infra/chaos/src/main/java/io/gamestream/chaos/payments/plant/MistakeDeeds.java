package io.gamestream.chaos.payments.plant;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.AdminCommandKind;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.payments.PspResult;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;

/** What the woven code of {@link Mistakes} calls; public, since it is called from the classes that it is woven into. */
@NullUnmarked
public final class MistakeDeeds {

    private static final AtomicInteger CALLS = new AtomicInteger();

    private MistakeDeeds() {}

    public static String otherKey() {
        return UUID.randomUUID().toString();
    }

    public static Map<String, String> salted(Map<String, String> form) {
        if (!form.containsKey("payment_method")) {
            return form;
        }
        Map<String, String> salted = new TreeMap<>(form);
        // Too short for a card number, which another check looks for.
        salted.put("description", Integer.toHexString((int) System.nanoTime()));
        return salted;
    }

    public static Object active(Object granted) {
        for (Object constant : granted.getClass().getEnumConstants()) {
            if (constant.toString().equals("ACTIVE")) {
                return constant;
            }
        }
        return granted;
    }

    public static Optional<?> knownOnly(Optional<?> open) {
        return open.filter(operation -> ((PaymentOperation) operation).getState() != OperationState.OUTCOME_UNKNOWN);
    }

    public static String otherHash(JournalEntry entry, String hash) {
        return Math.floorMod(entry.getOrderId().hashCode(), 20) == 0 ? "0" + hash.substring(1) : hash;
    }

    public static void oneCent(LedgerPosting posting) {
        posting.getLegs().get(0).setAmountMinor(posting.getLegs().get(0).getAmountMinor() + 1);
    }

    public static void uncommitted(Map<String, Object> properties) {
        properties.put("isolation.level", "read_uncommitted");
    }

    public static boolean isTenth(String kind) {
        return kind.equals("PLACE") && CALLS.incrementAndGet() % 10 == 0;
    }

    public static void readInstead(Object draft, AdminCommand command) {
        try {
            Method saga = draft.getClass().getDeclaredMethod("saga");
            saga.setAccessible(true);
            if (((PaymentSaga) saga.invoke(draft)).getPark() == null) {
                command.setKind(AdminCommandKind.SYNC);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the draft has no saga", e);
        }
    }

    public static void blind(PspResult result) {
        if (result.getKind() == OperationKind.SYNC) {
            result.setFacts(new ArrayList<>());
        }
    }

    public static void print(Object settings) {
        try {
            Method key = settings.getClass().getMethod("apiKey");
            key.setAccessible(true);
            Object value = key.invoke(settings);
            System.out.println("calling the PSP with " + text(value));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the settings have no key", e);
        }
    }

    /** A secret doesn't print itself. */
    private static String text(Object secret) throws ReflectiveOperationException {
        if (secret instanceof String text) {
            return text;
        }
        for (Field field : secret.getClass().getDeclaredFields()) {
            if (field.getType() == String.class) {
                field.setAccessible(true);
                return String.valueOf(field.get(secret));
            }
        }
        return secret.toString();
    }

    /** Twice the bound: a start counts from when nothing else is away. */
    public static void sleep() {
        try {
            TimeUnit.SECONDS.sleep(120);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
