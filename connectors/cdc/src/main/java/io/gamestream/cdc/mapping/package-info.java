/** From a row of a table to a record of a contract: types, coercions, keys. Pure; compiled once per schema. */
@NullMarked
package io.gamestream.cdc.mapping;

import org.jspecify.annotations.NullMarked;
