package io.gamestream.topology.catalog;

import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.topology.streams.StreamsTuning;

/**
 * Settings {@code catalog}.
 *
 * @param http the operations endpoints
 * @param views of the application {@code catalog}
 * @param sales of the application {@code catalog-sales}
 */
public record CatalogConfig(HttpSettings http, StreamsTuning views, StreamsTuning sales) {}
