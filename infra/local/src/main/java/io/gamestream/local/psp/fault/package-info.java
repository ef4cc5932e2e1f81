/** Misbehaviour on demand: a seeded plan, changeable while it runs. */
@NullMarked
package io.gamestream.local.psp.fault;

import org.jspecify.annotations.NullMarked;
