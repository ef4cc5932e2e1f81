/** What is written to the database, as a pure function of a seed. */
@NullMarked
package io.gamestream.chaos.cdc.script;

import org.jspecify.annotations.NullMarked;
