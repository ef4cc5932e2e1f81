/** Carries the scripts out on a database and writes down what was committed. */
@NullMarked
package io.gamestream.chaos.cdc.workload;

import org.jspecify.annotations.NullMarked;
