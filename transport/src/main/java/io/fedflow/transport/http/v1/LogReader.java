package io.fedflow.transport.http.v1;

import io.fedflow.party.Party;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.TrackingManager;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads logs piece by piece, so that none is ever in memory as a whole. Blocking. */
final class LogReader {

  /** At most so many lines are in memory. */
  private static final int CHUNK = 1000;

  private static final long PATIENCE_SECONDS = 30;

  private final TrackingManager tracking;

  LogReader(TrackingManager tracking) {
    this.tracking = tracking;
  }

  /**
   * Passes a log on in pieces.
   *
   * @param component only of this component; empty for all
   * @param least only this level or graver
   * @param sink takes each piece; tells whether it wants more
   */
  void read(String jobId, Party party, String component, LogLine.Level least, Sink sink)
      throws Exception {
    long after = 0;
    boolean more = true;
    while (more) {
      List<LogLine> lines =
          tracking
              .log(jobId, party, component, least, after, CHUNK)
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      more = sink.take(lines) && lines.size() == CHUNK;
      after = lines.isEmpty() ? after : lines.get(lines.size() - 1).number();
    }
  }

  /** Takes pieces of a log. */
  @FunctionalInterface
  interface Sink {
    /** Takes a piece, which may be empty; tells whether more is wanted. */
    boolean take(List<LogLine> lines) throws Exception;
  }
}
