/** The catalogue against a cluster and a registry: what differs, and making it so. */
@NullMarked
package io.gamestream.schemas.admin;

import org.jspecify.annotations.NullMarked;
