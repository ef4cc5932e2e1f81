package io.gamestream.local.psp.log;

/** Where an entry is in the log: bytes. */
public record Ref(long offset, int length) {}
