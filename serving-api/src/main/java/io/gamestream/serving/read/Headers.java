package io.gamestream.serving.read;

import io.vertx.core.http.HttpHeaders;

/** The headers of a read beside those of HTTP. */
final class Headers {

    /** Of a request: wait until this is applied. Of an answer: up to here everything is in it. */
    static final CharSequence POSITION = HttpHeaders.createOptimized("backbone-position");

    /** Of a request: how long to wait for the position at most. */
    static final CharSequence WAIT = HttpHeaders.createOptimized("backbone-wait-ms");

    /** How old the answer is at most, in ms: now less {@code asOf}. */
    static final CharSequence AGE = HttpHeaders.createOptimized("age-ms");

    /** The instance whose copy the answer is from. */
    static final CharSequence SERVED_BY = HttpHeaders.createOptimized("backbone-served-by");

    /** What that copy is: active or standby. */
    static final CharSequence ROLE = HttpHeaders.createOptimized("backbone-role");

    /** Of a request from another instance: answer yourself or not at all. */
    static final CharSequence HOP = HttpHeaders.createOptimized("backbone-hop");

    static final CharSequence ACTIVE = HttpHeaders.createOptimized("active");
    static final CharSequence STANDBY = HttpHeaders.createOptimized("standby");
    static final CharSequence REVALIDATE = HttpHeaders.createOptimized("no-cache");

    private Headers() {}
}
