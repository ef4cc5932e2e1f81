/**
 * The views in memory: per view and partition one {@link io.gamestream.serving.view.ViewTable}, written by Kafka Streams
 * (active or standby) and read by the event loops without a lock.
 */
@NullMarked
package io.gamestream.serving.view;

import org.jspecify.annotations.NullMarked;
