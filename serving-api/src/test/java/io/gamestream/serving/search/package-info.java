@NullMarked
package io.gamestream.serving.search;

import org.jspecify.annotations.NullMarked;
