/** Typed settings: one validated record per feature, from defaults, a file, the environment and the command line. */
@NullMarked
package io.gamestream.runtime.settings;

import org.jspecify.annotations.NullMarked;
