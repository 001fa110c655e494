package io.fedflow.transport.http.outside;

import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import java.util.Set;

/**
 * Who may change what a server knows of others. Immutable.
 *
 * @param appKeys the clients that may
 * @param needed whether others may not: so while permissions are checked
 */
public record Admins(Set<String> appKeys, boolean needed) {

  /** Copies the set. */
  public Admins {
    appKeys = Set.copyOf(appKeys);
  }

  /**
   * Refuses a call that nobody signed who may.
   *
   * @throws Refusal with code 108
   */
  public void require(Call call) {
    if (needed && !appKeys.contains(call.appKey())) {
      throw Refusal.of(
          Retcode.PERMISSION,
          "app key: found "
              + (call.appKey().isEmpty() ? "none" : "'" + call.appKey() + '\'')
              + ", allowed are those that the server was started with as --admin, since it checks"
              + " permissions");
    }
  }
}
