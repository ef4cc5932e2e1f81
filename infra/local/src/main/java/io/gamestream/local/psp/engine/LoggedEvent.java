package io.gamestream.local.psp.engine;

import io.gamestream.local.psp.core.PspEvent;
import io.gamestream.local.psp.log.Ref;

/**
 * An event, and where the state that it tells of is.
 *
 * @param attempts to deliver it, so far
 * @param delivered whether the endpoint has acknowledged it
 * @param ended whether nothing more will be sent
 */
public record LoggedEvent(PspEvent event, Ref ref, int attempts, boolean delivered, boolean ended) {

    LoggedEvent attempted(int attempt, boolean nowDelivered, boolean nowEnded) {
        return new LoggedEvent(event, ref, Math.max(attempts, attempt), delivered || nowDelivered, ended || nowEnded);
    }
}
