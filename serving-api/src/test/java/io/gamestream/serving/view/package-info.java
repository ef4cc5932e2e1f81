@NullMarked
package io.gamestream.serving.view;

import org.jspecify.annotations.NullMarked;
