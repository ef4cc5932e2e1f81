/** Webhooks of the PSP: verified on raw bytes, answered only after Kafka has them. */
@NullMarked
package io.gamestream.payments.webhook;

import org.jspecify.annotations.NullMarked;
