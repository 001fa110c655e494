package io.fedflow.server;

import io.fedflow.transport.client.FlowHttpClient;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code fedflow rehearse}: starts a server, asks it once and ends. The launcher lets the JVM
 * record the classes that this loads, so that later starts need not read them from jars.
 */
@Command(name = "rehearse", hidden = true, description = "Starts a server and ends it again.")
final class RehearseCommand implements Callable<Integer> {

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("fedflow-rehearsal-");
    try (FedflowServer server =
        FedflowServer.start(
            ServerOptions.builder(folder).ports(0, 0).drain(Duration.ZERO).build())) {
      FlowHttpClient.of(server.url()).blocking().version();
    } finally {
      delete(folder);
    }
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, IOException failure)
              throws IOException {
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
