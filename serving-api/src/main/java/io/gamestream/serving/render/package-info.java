/** Views as readers get them: JSON bodies, made once per change. Pure functions. */
@NullMarked
package io.gamestream.serving.render;

import org.jspecify.annotations.NullMarked;
