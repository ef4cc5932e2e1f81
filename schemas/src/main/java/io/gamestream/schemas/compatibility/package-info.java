/** Whether a schema still reads what its earlier versions wrote. Pure rules. */
@NullMarked
package io.gamestream.schemas.compatibility;

import org.jspecify.annotations.NullMarked;
