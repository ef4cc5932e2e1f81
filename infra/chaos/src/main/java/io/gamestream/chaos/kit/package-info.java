/** What every run needs: signals, waiting, topics read to their end. */
@NullMarked
package io.gamestream.chaos.kit;

import org.jspecify.annotations.NullMarked;
