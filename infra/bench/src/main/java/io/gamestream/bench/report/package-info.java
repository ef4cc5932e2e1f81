/** What a benchmark says at its end. */
@NullMarked
package io.gamestream.bench.report;

import org.jspecify.annotations.NullMarked;
