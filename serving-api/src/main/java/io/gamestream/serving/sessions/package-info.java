/** Sessions, regions and who plays where: tables that every instance has whole. */
@NullMarked
package io.gamestream.serving.sessions;

import org.jspecify.annotations.NullMarked;
