package io.gamestream.chaos.kit.plant;

/**
 * Where something is planted.
 *
 * @param type full name of a class
 * @param method of that class; all of that name
 * @param mistake what is woven into it: a class with advices
 */
public record Spot(String type, String method, Class<?> mistake) {}
