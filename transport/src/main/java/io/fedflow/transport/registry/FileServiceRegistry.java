package io.fedflow.transport.registry;

import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.memory.MemoryServiceRegistry;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Lists the servers that a file names, whether they run or not, and those that this process
 * announces. Of one that is both, what it announced counts. The file is read once. Thread-safe.
 */
public final class FileServiceRegistry implements ServiceRegistry {

  private static final int MOST_BYTES = 1 << 20;
  private static final Comparator<SiteServer> BY_START =
      Comparator.comparingLong(SiteServer::started).thenComparing(SiteServer::instanceId);

  private final List<SiteServer> listed;
  private final ServiceRegistry announced = new MemoryServiceRegistry();

  private FileServiceRegistry(List<SiteServer> listed) {
    this.listed = List.copyOf(listed);
  }

  /**
   * Reads a file: {@code {"servers": [{"instance_id": …, "host": …, "http_port": …, "grpc_port":
   * …}]}}. Blocks.
   *
   * @throws FedflowException {@code registry.unreadable}, or {@code registry.malformed} naming
   *     every field that is wrong, what was found and what is allowed
   */
  public static FileServiceRegistry read(Path file, JsonCodec codec) {
    Problems problems = new Problems();
    List<SiteServer> servers = new ArrayList<>();
    try {
      servers.addAll(ServerList.read(codec.read(text(file)), problems));
    } catch (FedflowException noJson) {
      throw noJson.code().startsWith("registry.") ? noJson : malformed(file, noJson.getMessage());
    }
    if (problems.any()) {
      throw malformed(
          file,
          problems.errors().stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }
    return new FileServiceRegistry(servers);
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw unreadable(file, "found more than " + MOST_BYTES + " bytes, allowed are so many");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw unreadable(file, failed.toString());
    }
  }

  @Override
  public CompletionStage<Void> announce(SiteServer server, long now, Duration lease) {
    return announced.announce(server, now, lease);
  }

  @Override
  public CompletionStage<Void> withdraw(String instanceId) {
    return announced.withdraw(instanceId);
  }

  @Override
  public CompletionStage<List<SiteServer>> live(long now) {
    return announced.live(now).thenApply(this::withListed);
  }

  private List<SiteServer> withListed(List<SiteServer> live) {
    List<SiteServer> all = new ArrayList<>(live);
    for (SiteServer server : listed) {
      if (live.stream().noneMatch(own -> own.instanceId().equals(server.instanceId()))) {
        all.add(server);
      }
    }
    all.sort(BY_START);
    return List.copyOf(all);
  }

  private static FedflowException unreadable(Path file, String why) {
    return FedflowException.invalid(
        "registry.unreadable", "registry file " + file + " cannot be read: " + why);
  }

  private static FedflowException malformed(Path file, String why) {
    return FedflowException.invalid("registry.malformed", "registry file " + file + ": " + why);
  }
}
