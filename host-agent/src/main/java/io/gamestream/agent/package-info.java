/** What a GPU host needs to take sessions: heartbeats, leases, fencing tokens, and players' tickets (docs/sessions.md). */
@NullMarked
package io.gamestream.agent;

import org.jspecify.annotations.NullMarked;
