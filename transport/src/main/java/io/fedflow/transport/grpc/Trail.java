package io.fedflow.transport.grpc;

import java.util.ArrayList;
import java.util.List;

/**
 * The relays that a call went through, as the header {@link Protocol#TRAIL} of an answer tells:
 * each with the time from there to the answer, the nearest first.
 */
final class Trail {

  /** More than relays allow; what a peer says beyond is dropped. */
  private static final int MOST = 2 * Relay.MOST_HOPS;

  private Trail() {}

  /**
   * A relay on a way.
   *
   * @param name the relay's first party id
   * @param micros from there to the answer and back
   */
  record Stop(String name, long micros) {}

  /** The header of the last relay. */
  static String entry(String relay, long micros) {
    return relay + '=' + micros;
  }

  /** The header of a relay before others. */
  static String entry(String relay, long micros, String beyond) {
    return beyond == null ? entry(relay, micros) : entry(relay, micros) + ',' + beyond;
  }

  /** Reads the header; what is malformed is dropped, since it only informs. */
  static List<Stop> read(String header) {
    List<Stop> stops = new ArrayList<>();
    if (header != null) {
      for (String part : header.split(",", MOST + 1)) {
        int equals = part.indexOf('=');
        if (equals > 0 && stops.size() < MOST && part.substring(equals + 1).matches("\\d{1,12}")) {
          stops.add(
              new Stop(part.substring(0, equals), Long.parseLong(part.substring(equals + 1))));
        }
      }
    }
    return stops;
  }
}
