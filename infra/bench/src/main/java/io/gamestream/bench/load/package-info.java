/** Load generators and peers: open loop in process, closed loop by wrk, and nginx as the limit to compare with. */
@NullMarked
package io.gamestream.bench.load;

import org.jspecify.annotations.NullMarked;
