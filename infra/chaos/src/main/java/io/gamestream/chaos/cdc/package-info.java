/** {@code chaos cdc}: kills the change data capture and checks that its readers notice nothing. */
@NullMarked
package io.gamestream.chaos.cdc;

import org.jspecify.annotations.NullMarked;
