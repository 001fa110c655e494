package io.fedflow.transport.http;

import java.time.Duration;

/**
 * One step of a server's start.
 *
 * @param name what it does
 * @param duration how long it took, or takes so far
 * @param done whether it ended
 */
public record StartupStep(String name, Duration duration, boolean done) {}
