/** Bugs that are planted into the services of a run, to see that its checks catch them. They exist in no service: an agent of the run weaves them in. */
@NullMarked
package io.gamestream.chaos.payments.plant;

import org.jspecify.annotations.NullMarked;
