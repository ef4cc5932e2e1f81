/**
 * The readers' HTTP door. One package per feature; {@link io.gamestream.serving.ServingService} puts them together, and
 * they meet only in the small interfaces of this package.
 */
@NullMarked
package io.gamestream.serving;

import org.jspecify.annotations.NullMarked;
