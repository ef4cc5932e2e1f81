/** Child processes: started, watched, stopped, and found again after a crash of whoever started them. */
@NullMarked
package io.gamestream.local.process;

import org.jspecify.annotations.NullMarked;
