/** The live page at {@code /}: one file, nothing from elsewhere. */
@NullMarked
package io.gamestream.serving.dashboard;

import org.jspecify.annotations.NullMarked;
