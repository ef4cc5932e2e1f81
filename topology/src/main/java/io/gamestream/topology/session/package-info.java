/** Sessions: which player plays on which slot of which host, decided by cells out of one log each (docs/adr/0011). */
@NullMarked
package io.gamestream.topology.session;

import org.jspecify.annotations.NullMarked;
