package io.fedflow.transport.client;

import java.util.Map;

/**
 * One thing that a followed job did.
 *
 * @param type {@code state}, {@code log}, {@code metric}, {@code progress} or {@code end}
 * @param sequence position among the job's state events; 0 for other types
 * @param data what happened
 */
public record JobNews(String type, long sequence, Map<String, Object> data) {}
