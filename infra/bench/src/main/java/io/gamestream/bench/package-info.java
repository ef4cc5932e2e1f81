/** Benchmarks: each prints a table with a ratio beside every absolute figure, and writes JSON below bench-results/. */
@NullMarked
package io.gamestream.bench;

import org.jspecify.annotations.NullMarked;
