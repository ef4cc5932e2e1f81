/** What the tests of this module share. */
@NullMarked
package io.gamestream.serving.testing;

import org.jspecify.annotations.NullMarked;
