package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.testkit.net.TcpRelay;
import io.fedflow.testkit.net.Trouble;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server process on a database that others share, and the wire between the two. */
final class SharingServer implements AutoCloseable {

  private final Path folder;
  private final TcpRelay wire;
  private final String database;
  private final long lease;
  private final List<String> options;
  private ServerProcess process;
  private String instance;

  /** Not started. */
  SharingServer(Path folder, String url) throws Exception {
    this(folder, url, 4_000, List.of());
  }

  /**
   * Not started, with further options.
   *
   * @param lease in milliseconds, if {@code -Dfedflow.ha.lease} says nothing else; shorter than any
   *     time for which a busy machine lets a server stand still, the wrong one is fenced
   */
  SharingServer(Path folder, String url, long lease, List<String> options) throws Exception {
    this.lease = Long.getLong("fedflow.ha.lease", lease);
    this.options = List.copyOf(options);
    this.folder = folder;
    URI uri = URI.create(url);
    this.wire = TcpRelay.to(uri.getPort());
    this.database = "postgres://" + uri.getUserInfo() + "@127.0.0.1:" + wire.port() + uri.getPath();
  }

  /** Starts it, as another instance than before. */
  void start(AuditTable audit) throws Exception {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--database", database, "--drain-seconds", "0"));
    all.addAll(List.of("--instance-lease", Long.toString(lease)));
    long since = System.currentTimeMillis();
    process = ServerProcess.start(folder, all.toArray(String[]::new));
    assertThat(process.url()).as("a server that started").isNotEmpty();
    instance = audit.instanceAt(URI.create(url()).getPort(), since);
  }

  ServerProcess process() {
    return process;
  }

  String url() {
    return process.url();
  }

  /** The id of the instance that runs now. */
  String instance() {
    return instance;
  }

  /** Nothing passes between server and database any more; no end learns of it. */
  void cut() {
    wire.trouble(Trouble.NONE.stall());
  }

  void joinAgain() {
    wire.trouble(Trouble.NONE);
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      // Its folder is free only when it is gone.
      process.process().destroyForcibly().onExit().join();
    }
    wire.close();
  }
}
