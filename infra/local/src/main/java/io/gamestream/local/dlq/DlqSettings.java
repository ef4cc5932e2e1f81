package io.gamestream.local.dlq;

import java.net.URI;

/**
 * Settings {@code dlq}.
 *
 * @param paymentsUrl the operators' door of the payments gateway
 */
public record DlqSettings(URI paymentsUrl) {}
