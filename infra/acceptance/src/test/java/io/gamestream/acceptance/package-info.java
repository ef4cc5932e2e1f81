/** Borders between modules, and the whole product run as a user would run it. */
@NullMarked
package io.gamestream.acceptance;

import org.jspecify.annotations.NullMarked;
