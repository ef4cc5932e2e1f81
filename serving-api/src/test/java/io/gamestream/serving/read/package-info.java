@NullMarked
package io.gamestream.serving.read;

import org.jspecify.annotations.NullMarked;
