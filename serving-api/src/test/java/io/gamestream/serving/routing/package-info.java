@NullMarked
package io.gamestream.serving.routing;

import org.jspecify.annotations.NullMarked;
