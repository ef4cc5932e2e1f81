@NullMarked
package io.gamestream.serving.dashboard;

import org.jspecify.annotations.NullMarked;
