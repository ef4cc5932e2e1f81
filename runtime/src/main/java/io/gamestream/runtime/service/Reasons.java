package io.gamestream.runtime.service;

import io.gamestream.runtime.settings.SettingsException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Why something failed: an exception with its causes in one line, for messages; and what is behind a stage's wrapper. */
public final class Reasons {

    private Reasons() {}

    /** Messages from the outermost to the root; a wrapper that only repeats its cause is said once. */
    public static String of(Throwable e) {
        StringBuilder text = new StringBuilder(say(e));
        if (!(e instanceof SettingsException)) {
            for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                String said = say(cause);
                if (text.indexOf(said) < 0) {
                    text.append(": ").append(said);
                }
            }
        }
        return text.toString().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /** What a stage of a {@code CompletableFuture} has failed of, without the wrappers of the stages behind it. */
    public static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String say(Throwable e) {
        String message = e.getMessage();
        if (message == null || message.isBlank()) {
            return e.getClass().getSimpleName();
        }
        boolean speaksForItself = e instanceof RuntimeException && !(e instanceof NullPointerException);
        return speaksForItself ? message : e.getClass().getSimpleName() + ": " + message;
    }
}
