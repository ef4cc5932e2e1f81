@NullMarked
package io.gamestream.serving.sessions;

import org.jspecify.annotations.NullMarked;
