/** The life of a service process: arguments, settings, start, signals, exit status. */
@NullMarked
package io.gamestream.runtime.service;

import org.jspecify.annotations.NullMarked;
