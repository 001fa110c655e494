package io.fedflow.transport.grpc;

import io.fedflow.transport.route.SiteAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers which addresses failed, and in which order, so that the next call takes the one that
 * worked last. Thread-safe.
 */
final class Reachability {

  /** Far more than can be routed to; then it begins anew. */
  private static final int MOST = 100_000;

  private final Map<SiteAddress, Long> failures = new HashMap<>();
  private long count;

  /** An address that answered. */
  synchronized void worked(SiteAddress address) {
    failures.remove(address);
  }

  /** An address that did not. */
  synchronized void failed(SiteAddress address) {
    if (failures.size() >= MOST) {
      failures.clear();
    }
    failures.put(address, ++count);
  }

  /** Of these, at least one, the first that did not fail, else that whose failure is oldest. */
  synchronized SiteAddress best(List<SiteAddress> addresses) {
    return addresses.stream()
        .min(Comparator.comparingLong(address -> failures.getOrDefault(address, 0L)))
        .orElseThrow();
  }
}
