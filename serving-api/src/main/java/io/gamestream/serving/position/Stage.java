package io.gamestream.serving.position;

/**
 * One step from facts to a view.
 *
 * @param group whose committed offsets tell how far the step is
 * @param input the topic that it reads
 */
record Stage(String group, String input) {}
