/**
 * A payment service provider on this machine that speaks the part of Stripe's HTTP API which the product uses, and
 * misbehaves on demand.
 */
@NullMarked
package io.gamestream.local.psp;

import org.jspecify.annotations.NullMarked;
