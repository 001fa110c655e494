package io.fedflow.tracking;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;

/**
 * One point of a metric.
 *
 * @param task the attempt that measured it
 * @param party at which party
 * @param namespace usually {@code train}, {@code validate} or {@code predict}
 * @param name the metric
 * @param key a number or a text
 * @param value a JSON value
 * @param time epoch milliseconds
 */
public record MetricValue(
    TaskId task, Party party, String namespace, String name, Object key, Object value, long time) {}
