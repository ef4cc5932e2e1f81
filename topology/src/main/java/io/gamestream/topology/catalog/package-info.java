/**
 * Facts of users, games and orders to the views that readers ask. {@code CatalogTopology} passes them one by one,
 * {@code SalesTopology} sums orders up; {@code OrderRules}, {@code LibraryRules} and {@code SalesRules} are pure.
 */
@NullMarked
package io.gamestream.topology.catalog;

import org.jspecify.annotations.NullMarked;
