@NullMarked
package io.gamestream.serving.position;

import org.jspecify.annotations.NullMarked;
