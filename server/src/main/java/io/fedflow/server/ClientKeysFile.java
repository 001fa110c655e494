package io.fedflow.server;

import io.fedflow.audit.Actor;
import io.fedflow.audit.AuditEvent.Outcome;
import io.fedflow.audit.AuditTrail;
import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.identity.LogOnce;
import io.fedflow.transport.http.auth.AppKeys;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The keys of the clients in a file, which may change while the server runs. An edit that is not
 * good changes nothing, and is told once. Thread-safe.
 */
final class ClientKeysFile implements Supplier<AppKeys> {

  private static final Logger LOG = System.getLogger(ClientKeysFile.class.getName());

  private final Path path;
  private final LogOnce log = new LogOnce();
  private volatile AppKeys keys;

  /**
   * Reads the file for the first time.
   *
   * @throws FedflowException {@code client-auth.file}, {@code identity.mode}
   */
  ClientKeysFile(Path path) {
    this.path = path;
    this.keys = AppKeys.read(path);
  }

  @Override
  public AppKeys get() {
    return keys;
  }

  /**
   * Looks once; blocking.
   *
   * @return whether other keys hold from now on
   */
  boolean look(AuditTrail audit) {
    AppKeys found;
    try {
      found = AppKeys.read(path);
    } catch (FedflowException notGood) {
      log.warn(LOG, "the keys of clients stay as they were: " + notGood.getMessage());
      return false;
    }
    if (found.sameAs(keys)) {
      return false;
    }
    record(audit, found);
    keys = found;
    LOG.log(Level.INFO, () -> "other keys of clients are in use: " + found);
    return true;
  }

  /** Before they hold; a log that cannot be written must not keep a lost key in use. */
  private void record(AuditTrail audit, AppKeys found) {
    try {
      Stages.join(
          audit.note(
              Actor.SITE,
              "client.keys",
              path.getFileName().toString(),
              Outcome.DONE,
              found.size() + " clients"));
    } catch (RuntimeException failed) {
      LOG.log(Level.ERROR, "the audit log lacks a change of clients: " + failed);
    }
  }
}
