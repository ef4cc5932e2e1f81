package io.gamestream.chaos.payments.plant;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.OnNonDefaultValue;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.NullUnmarked;

/**
 * What each bug does, woven into a method's beginning or end. The methods are templates: their code is copied, so what is not
 * a single call is in the helpers above them.
 */
@NullUnmarked
@SuppressWarnings({"UnusedVariable", "UnusedMethod"}) // what a template assigns, its target uses
public final class Mistakes {

    private static final AtomicInteger CALLS = new AtomicInteger();

    private Mistakes() {}

    // Helpers, called from the woven code.

    public static String otherKey() {
        return UUID.randomUUID().toString();
    }

    public static Map<String, String> salted(Map<String, String> form) {
        if (!form.containsKey("payment_method")) {
            return form;
        }
        Map<String, String> salted = new TreeMap<>(form);
        salted.put("description", Long.toString(System.nanoTime()));
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

    public static void readInstead(AdminCommand command) {
        command.setKind(AdminCommandKind.SYNC);
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

    public static void sleep() {
        try {
            TimeUnit.SECONDS.sleep(75);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Templates.

    /** Another idempotency key. */
    public static final class OtherKey {

        private OtherKey() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) String key) {
            key = otherKey();
        }
    }

    /** Another key of a request. */
    public static final class NewKey {

        private NewKey() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) String key) {
            key = otherKey();
        }
    }

    /** Something more in the body. */
    public static final class Salt {

        private Salt() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) Map<String, String> form) {
            form = salted(form);
        }
    }

    /** Access, always. */
    public static final class Active {

        private Active() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object granted) {
            granted = active(granted);
        }
    }

    /** Without the one that is unknown. */
    public static final class KnownOnly {

        private KnownOnly() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Optional<?> open) {
            open = knownOnly(open);
        }
    }

    /** Another hash for one order in twenty. */
    public static final class OtherHash {

        private OtherHash() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) JournalEntry entry, @Advice.Return(readOnly = false) String hash) {
            hash = otherHash(entry, hash);
        }
    }

    /** One cent from nowhere. */
    public static final class OneCent {

        private OneCent() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return LedgerPosting posting) {
            oneCent(posting);
        }
    }

    /** No refusal. */
    public static final class Nothing {

        private Nothing() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) String refusal) {
            refusal = null;
        }
    }

    /** Every signature matches. */
    public static final class Yes {

        private Yes() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean matches) {
            matches = true;
        }
    }

    /** What may still be aborted is read. */
    public static final class Uncommitted {

        private Uncommitted() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return Map<String, Object> properties) {
            uncommitted(properties);
        }
    }

    /** Nothing is there. */
    public static final class Empty {

        private Empty() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) List<?> list) {
            list = new ArrayList<>();
        }
    }

    /** The key, for everybody to read. */
    public static final class Print {

        private Print() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.FieldValue(value = "settings", typing = Typing.DYNAMIC) Object settings) {
            print(settings);
        }
    }

    /** Each tenth order's command is not written. */
    public static final class SkipTenth {

        private SkipTenth() {}

        @Advice.OnMethodEnter(skipOn = OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(2) String kind) {
            return isTenth(kind);
        }
    }

    /** Not done. */
    public static final class Skip {

        private Skip() {}

        @Advice.OnMethodEnter(skipOn = OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    /** No receipt. */
    public static final class SkipReceipt {

        private SkipReceipt() {}

        @Advice.OnMethodEnter(skipOn = OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(0) String template) {
            return template.equals("receipt");
        }
    }

    /** A read, whatever was asked for. */
    public static final class ReadInstead {

        private ReadInstead() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(1) AdminCommand command) {
            readInstead(command);
        }
    }

    /** The facts of reads are gone. */
    public static final class Blind {

        private Blind() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(1) PspResult result) {
            blind(result);
        }
    }

    /** More than an outage may take. */
    public static final class Sleep {

        private Sleep() {}

        @Advice.OnMethodEnter
        static void enter() {
            sleep();
        }
    }
}
