/** What operators ask for: dead letters of orders, looked at and replayed. A door of its own, on loopback. */
@NullMarked
package io.gamestream.payments.admin;

import org.jspecify.annotations.NullMarked;
