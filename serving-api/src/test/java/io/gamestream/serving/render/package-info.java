@NullMarked
package io.gamestream.serving.render;

import org.jspecify.annotations.NullMarked;
