package io.gamestream.chaos.cdc.plan;

import java.time.Duration;

/**
 * An act that was carried out.
 *
 * @param number 1, 2, 3, ...
 * @param hit whether it met the capture in the state that it was meant for
 * @param committed changes that the workload committed since the act before
 * @param delivered records that became visible in the topic since the act before
 * @param readyAfter from the capture's start to its readiness; zero where it was not waited for
 * @param remark what else there is to say
 */
public record Done(
        int number,
        Plan.Planned planned,
        boolean hit,
        long committed,
        long delivered,
        Duration readyAfter,
        String remark) {}
