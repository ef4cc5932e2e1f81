/** What the streams compute: one package per domain. */
@NullMarked
package io.gamestream.topology;

import org.jspecify.annotations.NullMarked;
