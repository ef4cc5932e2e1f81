package io.gamestream.schemas.serde;

import org.jspecify.annotations.Nullable;

/** Generated classes by name. */
final class Classes {

    private Classes() {}

    /** The class as the thread sees it, then as this module does: Spark and Flink load jobs in loaders of their own. */
    static @Nullable Class<?> find(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Class<?> found = context == null ? null : find(name, context);
        return found == null ? find(name, Classes.class.getClassLoader()) : found;
    }

    private static @Nullable Class<?> find(String name, @Nullable ClassLoader loader) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
