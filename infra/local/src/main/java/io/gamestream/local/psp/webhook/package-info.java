/** Signed deliveries of events, with retries. */
@NullMarked
package io.gamestream.local.psp.webhook;

import org.jspecify.annotations.NullMarked;
