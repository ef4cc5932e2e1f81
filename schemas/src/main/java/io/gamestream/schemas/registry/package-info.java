/** Client of a Confluent-compatible schema registry. */
@NullMarked
package io.gamestream.schemas.registry;

import org.jspecify.annotations.NullMarked;
