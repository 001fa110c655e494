package io.fedflow.pipeline;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.TrackingStore.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long a site keeps what ended jobs left. What is not named is kept for good. Immutable.
 *
 * @param keep how long after a job's end each kind is kept; not negative
 */
public record Retention(Map<Kind, Duration> keep) {

  /** Keeps everything for good. */
  public static final Retention ALL = new Retention(Map.of());

  /**
   * Copies the map.
   *
   * @throws FedflowException {@code retention.days} (INVALID) if a time is negative
   */
  public Retention {
    Map<Kind, Duration> copy = new EnumMap<>(Kind.class);
    keep.forEach(
        (kind, time) -> {
          if (time.isNegative()) {
            throw FedflowException.invalid(
                "retention.days", kind + ": found " + time + ", allowed 0 or more");
          }
          copy.put(kind, time);
        });
    keep = Collections.unmodifiableMap(copy);
  }

  /** Which kinds are not kept any more for a job that ended so long ago. */
  public Set<Kind> over(Duration ago) {
    return keep.entrySet().stream()
        .filter(each -> ago.compareTo(each.getValue()) >= 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
