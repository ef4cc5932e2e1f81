package io.gamestream.serving;

/**
 * Settings {@code serving.bench}.
 *
 * @param constantRoute adds the route of {@link ConstantPart}
 */
public record BenchSettings(boolean constantRoute) {}
