/** Stripe's HTTP shapes around the rules. */
@NullMarked
package io.gamestream.local.psp.api;

import org.jspecify.annotations.NullMarked;
