/** Calls to the payment service provider: a port, and one adapter that speaks Stripe's HTTP API. */
@NullMarked
package io.gamestream.payments.psp;

import org.jspecify.annotations.NullMarked;
