@NullMarked
package io.gamestream.serving.changes;

import org.jspecify.annotations.NullMarked;
