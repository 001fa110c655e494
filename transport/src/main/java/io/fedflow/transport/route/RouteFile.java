package io.fedflow.transport.route;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.spi.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A file of routes, such as {@code routes.json} in a server's folder. Blocks; thread-safe, but of
 * two that change the file in the same moment one may lose its change.
 *
 * @param path where it is
 * @param codec reads and writes it
 */
public record RouteFile(Path path, JsonCodec codec) {

  /** Far more than {@link RouteDocument#MOST_PARTIES} routes need. */
  static final int MOST_BYTES = 4 << 20;

  /**
   * The text of the file; empty if there is none.
   *
   * @throws FedflowException {@code routes.unreadable}
   */
  Optional<String> text() {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw unreadable("found more than " + MOST_BYTES + " bytes, allowed are " + MOST_BYTES);
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (CharacterCodingException notText) {
      throw unreadable("it is not UTF-8 text");
    } catch (IOException failed) {
      throw unreadable(failed.toString());
    }
  }

  /**
   * The table that a text of this file makes.
   *
   * @throws FedflowException {@code routes.malformed} naming every field that is wrong, what was
   *     found and what is allowed
   */
  RoutingTable parse(String text) {
    Problems problems = new Problems();
    RoutingTable table;
    try {
      table = RouteDocument.read(codec.read(text), problems);
    } catch (FedflowException noJson) {
      throw malformed(noJson.getMessage());
    }
    if (problems.any()) {
      throw malformed(
          problems.errors().stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }
    return table;
  }

  /**
   * The table of the file; an empty one if there is no file.
   *
   * @throws FedflowException {@code routes.unreadable} or {@code routes.malformed}
   */
  public RoutingTable read() {
    return text().map(this::parse).orElse(RoutingTable.EMPTY);
  }

  /**
   * Puts a route into the file, in place of an older one to the same party; makes the file if there
   * is none. A reader sees either the old file or the new one, whole.
   *
   * @param partyId the party; empty for the default route
   * @return the new table
   * @throws FedflowException {@code routes.unreadable}, {@code routes.malformed} if the file is not
   *     good as it is, or {@code routes.unwritable}
   */
  public RoutingTable put(Optional<String> partyId, Route route) {
    RoutingTable before = read();
    Map<String, Route> routes = new TreeMap<>(before.routes());
    partyId.ifPresent(id -> routes.put(id, route));
    RoutingTable after =
        new RoutingTable(routes, partyId.isEmpty() ? Optional.of(route) : before.otherwise());
    String text = codec.write(RouteDocument.write(after)) + '\n';
    // What would be refused at the next start must not be written.
    parse(text);
    write(text);
    return after;
  }

  private void write(String text) {
    Path folder = path.toAbsolutePath().getParent();
    Path fresh = null;
    try {
      Files.createDirectories(folder);
      fresh = Files.createTempFile(folder, ".routes", ".tmp");
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      forget(fresh);
      throw new FedflowException(
          FailureKind.UNAVAILABLE,
          "routes.unwritable",
          "routes file " + path + " cannot be written: " + failed);
    }
  }

  private static void forget(Path fresh) {
    if (fresh != null) {
      try {
        Files.deleteIfExists(fresh);
      } catch (IOException stays) {
        // Nobody reads it; the failure to write is what counts.
        return;
      }
    }
  }

  private FedflowException unreadable(String why) {
    return FedflowException.invalid(
        "routes.unreadable", "routes file " + path + " cannot be read: " + why);
  }

  private FedflowException malformed(String why) {
    return FedflowException.invalid("routes.malformed", "routes file " + path + ": " + why);
  }
}
