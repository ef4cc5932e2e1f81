package io.gamestream.chaos.sessions.plant;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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

    /** Not done as long as the run says so. */
    public static final class WhileStopped {

        private WhileStopped() {}

        @Advice.OnMethodEnter(skipOn = OnNonDefaultValue.class)
        static boolean enter() {
            return MistakeDeeds.isTickerStopped();
        }
    }

    /** At another time. */
    public static final class WrongTime {

        private WrongTime() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) long now) {
            now = MistakeDeeds.wrong(now);
        }
    }

    /** By another clock. */
    public static final class WrongClock {

        private WrongClock() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Clock clock) {
            clock = MistakeDeeds.wrong(clock);
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

    /** Now and then not done. */
    public static final class SkipHundredth {

        private SkipHundredth() {}

        @Advice.OnMethodEnter(skipOn = OnNonDefaultValue.class)
        static boolean enter() {
            return MistakeDeeds.isEach(100);
        }
    }

    /** A place in twenty is not sent. */
    public static final class SkipTwentieth {

        private SkipTwentieth() {}

        @Advice.OnMethodEnter(skipOn = OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(1) Object body) {
            return MistakeDeeds.isTwentiethPlace(body);
        }
    }

    /** The first slot, whatever is on it. */
    public static final class FirstNowAndThen {

        private FirstNowAndThen() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) int slot) {
            slot = MistakeDeeds.isEach(10) ? 0 : slot;
        }
    }

    /** A grant leads to RESERVED from everywhere. */
    public static final class GrantAnything {

        private GrantAnything() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(value = 1, typing = Typing.DYNAMIC) Object signal,
                @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object to) {
            to = MistakeDeeds.granted(signal, to);
        }
    }

    /** A dead host has no lease left. */
    public static final class GiveUpAtOnce {

        private GiveUpAtOnce() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object step,
                @Advice.Argument(value = 1, typing = Typing.DYNAMIC) Object state) {
            MistakeDeeds.giveUp(step, state);
        }
    }

    /** The player has no ticket yet. */
    public static final class ForgetLive {

        private ForgetLive() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object step,
                @Advice.Argument(value = 1, typing = Typing.DYNAMIC) Object request) {
            MistakeDeeds.forgetLive(step, request);
        }
    }

    /** Always. */
    public static final class Yes {

        private Yes() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean ready) {
            ready = true;
        }
    }

    /** Two less. */
    public static final class TwoLess {

        private TwoLess() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) int slots) {
            slots = slots - 2;
        }
    }

    /** Any of those with room. */
    public static final class Another {

        private Another() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object index,
                @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object gpu,
                @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object host) {
            host = MistakeDeeds.another(index, gpu, host);
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

    /** More than an outage may take. */
    public static final class Sleep {

        private Sleep() {}

        @Advice.OnMethodEnter
        static void enter() {
            MistakeDeeds.sleep();
        }
    }

    /** All but one. */
    public static final class LeaveOneBehind {

        private LeaveOneBehind() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, typing = Typing.DYNAMIC) Object ticket) {
            MistakeDeeds.leaveOneBehind(ticket);
        }
    }

    /** Another key of a request. */
    public static final class OtherKey {

        private OtherKey() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) String key) {
            key = MistakeDeeds.otherKey();
        }
    }

    /** On, without a letter. */
    public static final class Swallow {

        private Swallow() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object response) {
            response = MistakeDeeds.resume(response);
        }
    }
}
