package io.fedflow.worker;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A failure of our family between worker and server: kind, code and message; then the columns that
 * it refuses, if any, each with what other sites read in place of its name. Stateless.
 */
final class KnownFailure {

  private KnownFailure() {}

  /** Appends a failure, and gives the packet back. */
  static Packet.Writer write(Packet.Writer packet, FedflowException failure) {
    List<String> columns =
        failure instanceof ColumnException refused ? refused.columns() : List.of();
    packet
        .integer(failure.kind().ordinal())
        .text(failure.code())
        .text(String.valueOf(failure.getMessage()))
        .integer(columns.size());
    for (String column : columns) {
      packet.text(column).text(((ColumnException) failure).elsewhere(column));
    }
    return packet;
  }

  /** Reads what {@link #write} wrote. */
  static FedflowException read(Packet.Reader body) {
    FailureKind kind = FailureKind.values()[body.integer()];
    String code = body.text();
    String message = body.text();
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = body.integer(); i > 0; i--) {
      columns.put(body.text(), body.text());
    }
    return columns.isEmpty()
        ? new FedflowException(kind, code, message)
        : ColumnException.of(code, List.copyOf(columns.keySet()), message).calling(columns::get);
  }
}
