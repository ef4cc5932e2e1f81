/** The product's services as child processes: what they are, started, watched, restarted, asked how they are. */
@NullMarked
package io.gamestream.local.service;

import org.jspecify.annotations.NullMarked;
