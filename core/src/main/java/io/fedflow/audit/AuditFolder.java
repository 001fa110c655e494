package io.fedflow.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the files of a log are: segments named by their first record, and the head, which tells
 * where the log ends. The head is written after the records, so a log may be longer than it says
 * after a crash, and is never shorter.
 *
 * @param path the folder
 */
record AuditFolder(Path path) {

  private static final Pattern SEGMENT = Pattern.compile("audit-[0-9]{18}\\.log");
  private static final String HEAD = "head";
  private static final int MOST_HEAD = 200;

  /** The segments in order. */
  List<Path> segments() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> SEGMENT.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  /** The segment that begins with a record. */
  Path segment(long firstRecord) {
    return path.resolve(String.format("audit-%018d.log", firstRecord));
  }

  /** What keeps other servers away. */
  Path lock() {
    return path.resolve("lock");
  }

  /**
   * The head, empty if there is none.
   *
   * @throws Damage if it is none
   */
  Optional<AuditHead> head() throws IOException, Damage {
    Path file = path.resolve(HEAD);
    try {
      if (Files.size(file) > MOST_HEAD) {
        throw new Damage("the head is longer than any head");
      }
      return Optional.of(AuditHead.parse(Files.readString(file, StandardCharsets.UTF_8).strip()));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException wrong) {
      throw new Damage("the head cannot be read: " + wrong.getMessage());
    }
  }

  /** Writes the head, durably and at once. */
  void head(AuditHead head) throws IOException {
    Path next = path.resolve(HEAD + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap((head + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        next,
        path.resolve(HEAD),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    forceNames();
  }

  /** Makes new and renamed files durable, where the system lets folders be forced. */
  void forceNames() {
    try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException unsupported) {
      // Some systems do so by themselves and refuse to be asked.
      return;
    }
  }
}
