/** Following topics from end to end without a consumer group: what the parts that read whole logs have in common. */
@NullMarked
package io.gamestream.serving.log;

import org.jspecify.annotations.NullMarked;
