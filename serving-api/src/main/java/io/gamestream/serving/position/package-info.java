/**
 * Read your own writes, and how fresh a view is: follows positions of the source log from change data capture through the
 * catalog topology into the tables (docs/adr/0001).
 */
@NullMarked
package io.gamestream.serving.position;

import org.jspecify.annotations.NullMarked;
