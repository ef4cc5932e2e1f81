package io.gamestream.chaos.payments.plant;

import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.PspResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.OnNonDefaultValue;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.NullUnmarked;

/**
 * What each bug weaves into a method's beginning or end. These are templates: their code is copied, so what is not a single
 * call is in {@link MistakeDeeds}.
 */
@NullUnmarked
@SuppressWarnings({"UnusedVariable", "UnusedMethod"}) // what a template assigns, its target uses
public final class Mistakes {

    private Mistakes() {}

    /** Another idempotency key. */
    public static final class OtherKey {

        private OtherKey() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) String key) {
            key = MistakeDeeds.otherKey();
        }
    }

    /** Another key of a request. */
    public static final class NewKey {

        private NewKey() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) String key) {
            key = MistakeDeeds.otherKey();
        }
    }

    /** Something more in the body. */
    public static final class Salt {

        private Salt() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) Map<String, String> form) {
            form = MistakeDeeds.salted(form);
        }
    }

    /** Access, always. */
    public static final class Active {

        private Active() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object granted) {
            granted = MistakeDeeds.active(granted);
        }
    }

    /** Without the one that is unknown. */
    public static final class KnownOnly {

        private KnownOnly() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Optional<?> open) {
            open = MistakeDeeds.knownOnly(open);
        }
    }

    /** Another hash for one order in twenty. */
    public static final class OtherHash {

        private OtherHash() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) JournalEntry entry, @Advice.Return(readOnly = false) String hash) {
            hash = MistakeDeeds.otherHash(entry, hash);
        }
    }

    /** One cent from nowhere. */
    public static final class OneCent {

        private OneCent() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return LedgerPosting posting) {
            MistakeDeeds.oneCent(posting);
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
            MistakeDeeds.uncommitted(properties);
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
            MistakeDeeds.print(settings);
        }
    }

    /** Each tenth order's command is not written. */
    public static final class SkipTenth {

        private SkipTenth() {}

        @Advice.OnMethodEnter(skipOn = OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(2) String kind) {
            return MistakeDeeds.isTenth(kind);
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

    /** A replay of a dead letter that is no longer open reads the PSP. */
    public static final class ReadInstead {

        private ReadInstead() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object draft,
                @Advice.Argument(1) AdminCommand command) {
            MistakeDeeds.readInstead(draft, command);
        }
    }

    /** The facts of reads are gone. */
    public static final class Blind {

        private Blind() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(1) PspResult result) {
            MistakeDeeds.blind(result);
        }
    }

    /** More than an outage may take. */
    public static final class Sleep {

        private Sleep() {}

        @Advice.OnMethodEnter
        static void enter() {
            MistakeDeeds.sleep();
        }
    }
}
