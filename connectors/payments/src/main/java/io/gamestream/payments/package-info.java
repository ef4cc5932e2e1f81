/** How money gets in: order intake, webhooks of the PSP, and the worker that calls it. */
@NullMarked
package io.gamestream.payments;

import org.jspecify.annotations.NullMarked;
