package io.fedflow.server;

import io.fedflow.server.cli.DemoSites;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The demo's servers on this machine: one inside this process, or a process for each party. */
final class LocalDemoSites implements DemoSites {

  @Override
  public Running start(Path folder, boolean processes) throws Exception {
    return processes ? PartyProcesses.start(folder) : inside(folder);
  }

  private static Running inside(Path folder) throws StartupFailure {
    FedflowServer server =
        FedflowServer.start(ServerOptions.builder(folder).ports(0, 0).drain(Duration.ZERO).build());
    String url = server.url();
    return new Running(List.of(url, url, url), List.of(folder, folder, folder), server::close);
  }
}
