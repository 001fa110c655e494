package io.fedflow.transport.route;

import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The routes of a running server: those that it was started with, and those of a file that may
 * change while it runs. A route of the start stands above one of the file to the same party. A file
 * that is not good changes nothing: the routes stay as they were, and the log says so once.
 *
 * <p>Thread-safe. {@link #get} never blocks; the others read the file.
 */
public final class LiveRoutes implements Supplier<RoutingTable> {

  private static final Logger LOG = System.getLogger(LiveRoutes.class.getName());

  /** A file that is this fresh may change again without another time of modification. */
  private static final Duration COARSEST_CLOCK = Duration.ofSeconds(3);

  /** What tells, without reading it, that a file is another one. */
  private record Stamp(FileTime modified, long size) {}

  private final RoutingTable fixed;
  private final RouteFile file;
  private Optional<Stamp> stamp = Optional.empty();
  private long readMillis;
  private Optional<String> text = Optional.empty();
  private volatile RoutingTable table;
  private volatile String trouble = "";

  /**
   * Reads the file for the first time.
   *
   * @param fixed the routes of the start
   * @param required whether there must be a file
   * @throws FedflowException {@code routes.missing}, {@code routes.unreadable} or {@code
   *     routes.malformed}
   */
  public LiveRoutes(RoutingTable fixed, RouteFile file, boolean required) {
    this.fixed = fixed;
    this.file = file;
    this.table = fixed;
    Optional<String> found = look();
    if (found.isPresent()) {
      take(found.get());
    } else if (required) {
      throw missing();
    }
  }

  /** The routes now; never blocks. */
  @Override
  public RoutingTable get() {
    return table;
  }

  /** Where the file is, or would be. */
  public Path path() {
    return file.path();
  }

  /** Words about the file for clients, who hear what is wrong and not where it lies. */
  public String withoutFolder(String words) {
    return words.replace(file.path().toString(), file.path().getFileName().toString());
  }

  /** Whether the way to a party was given at the start, and so does not change. */
  public boolean fixed(String partyId) {
    return fixed.routes().containsKey(partyId);
  }

  /** Why the file as it is now is not used; empty if it is. */
  public Optional<String> trouble() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  /**
   * Reads the file if it may have changed. Failures are logged, each once.
   *
   * @return whether the routes changed
   */
  public synchronized boolean poll() {
    try {
      if (stamp.isPresent() && stamp.equals(stampNow()) && settled(stamp.get())) {
        return false;
      }
      Optional<String> before = text;
      Optional<String> found = look();
      if (found.equals(before)) {
        return false;
      }
      return take(found.orElseThrow(this::missing));
    } catch (FedflowException notGood) {
      complain(notGood);
      return false;
    }
  }

  /**
   * Reads the file now.
   *
   * @return whether the routes changed
   * @throws FedflowException {@code routes.missing}, {@code routes.unreadable} or {@code
   *     routes.malformed}; then the routes are as before
   */
  public synchronized boolean reload() {
    boolean wasThere = text.isPresent();
    try {
      Optional<String> found = look();
      if (found.isEmpty() && !wasThere) {
        return false;
      }
      return take(found.orElseThrow(this::missing));
    } catch (FedflowException notGood) {
      complain(notGood);
      throw notGood;
    }
  }

  private Optional<String> look() {
    // Before the text, so that a change in between is seen at the next look. None if it cannot be
    // read: the permission to read a file may come back without another time of modification.
    Optional<Stamp> now = stampNow();
    stamp = Optional.empty();
    readMillis = System.currentTimeMillis();
    text = file.text();
    stamp = now;
    return text;
  }

  private boolean take(String found) {
    RoutingTable next = file.parse(found).overlaid(fixed);
    trouble = "";
    if (next.equals(table)) {
      return false;
    }
    table = next;
    LOG.log(
        Level.INFO,
        () ->
            "routes to parties "
                + next.routes().keySet()
                + (next.otherwise().isPresent() ? " and a default route" : "")
                + ", from "
                + file.path());
    return true;
  }

  private void complain(FedflowException notGood) {
    if (!Objects.equals(trouble, notGood.getMessage())) {
      trouble = notGood.getMessage();
      LOG.log(Level.WARNING, trouble + "; the routes stay as they were");
    }
  }

  private Optional<Stamp> stampNow() {
    try {
      return Optional.of(
          new Stamp(Files.getLastModifiedTime(file.path()), Files.size(file.path())));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private boolean settled(Stamp seen) {
    return seen.modified().toMillis() + COARSEST_CLOCK.toMillis() < readMillis;
  }

  private FedflowException missing() {
    return FedflowException.invalid(
        "routes.missing", "routes file " + file.path() + ": there is none; make it or put it back");
  }
}
