/** The HTTP door of a service: operations endpoints, problem details, request metrics, and routes of its own. */
@NullMarked
package io.gamestream.runtime.http;

import org.jspecify.annotations.NullMarked;
