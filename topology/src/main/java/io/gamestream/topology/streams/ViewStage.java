package io.gamestream.topology.streams;

/**
 * One step on the way of a change into a view.
 *
 * @param group the consumer group whose committed offsets tell how far the step is
 * @param input the topic that it reads
 */
public record ViewStage(String group, String input) {}
