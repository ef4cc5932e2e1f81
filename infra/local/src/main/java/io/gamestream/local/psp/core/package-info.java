/** What the simulated payment service provider is: objects, rules and state, without files, clock or network. */
@NullMarked
package io.gamestream.local.psp.core;

import org.jspecify.annotations.NullMarked;
