@NullMarked
package io.gamestream.serving;

import org.jspecify.annotations.NullMarked;
