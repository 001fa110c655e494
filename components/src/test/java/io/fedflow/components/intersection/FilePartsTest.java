package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.testing.Failures;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePartsTest {

  private static final int WIDTH = 32;

  @TempDir private Path folder;

  /** A disk that has room for so many bytes a file. */
  private static OutputStream bounded(Path file, int room) throws IOException {
    OutputStream to = Files.newOutputStream(file, StandardOpenOption.APPEND);
    return new OutputStream() {
      private long left = room - Files.size(file);

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        if (length > left) {
          throw new IOException("No space left on device");
        }
        left -= length;
        to.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        to.close();
      }
    };
  }

  @Test
  void elements_comeBackAsTheyWereAdded() {
    Random random = new Random(3);
    FileParts files = new FileParts(folder, 5, WIDTH);
    byte[] elements = new byte[1000 * WIDTH];
    random.nextBytes(elements);
    List<List<Integer>> dealt = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < 1000; i++) {
      int part = random.nextInt(3);
      files.add(part, elements, i * WIDTH, 5 * i);
      dealt.get(part).add(i);
    }
    for (int part = 0; part < 3; part++) {
      Parts.Part found = files.take(part);
      assertThat(found.positions())
          .containsExactly(dealt.get(part).stream().mapToInt(i -> 5 * i).toArray());
      for (int i = 0; i < found.positions().length; i++) {
        int at = dealt.get(part).get(i) * WIDTH;
        assertThat(Arrays.copyOfRange(found.elements(), i * WIDTH, (i + 1) * WIDTH))
            .containsExactly(Arrays.copyOfRange(elements, at, at + WIDTH));
      }
      assertThat(files.take(part).positions()).isEmpty();
    }
    assertThat(files.take(4).positions()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void diskThatIsFull_isNamed_whileAddingOrTaking_andNothingIsLeft() {
    byte[] element = new byte[WIDTH];
    FileParts adding = new FileParts(folder, 2, WIDTH, file -> bounded(file, 10_000));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                adding.add(1, element, 0, i);
              }
            })
        .is(Failures.code("intersection.spill"))
        .hasMessageContaining("see that it has space");
    adding.close();
    assertThat(folder).isEmptyDirectory();

    FileParts taking = new FileParts(folder, 2, WIDTH, file -> bounded(file, 10));
    taking.add(0, element, 0, 0);
    assertThatThrownBy(() -> taking.take(0)).is(Failures.code("intersection.spill"));
    taking.close();
    assertThat(folder).isEmptyDirectory();
  }

  /**
   * As many parts and sets as there may be: hosts times parts files would be too many to be open.
   */
  @Test
  void files_areOpenOnlyWhileTheyAreWritten() {
    AtomicInteger open = new AtomicInteger();
    FileParts.Opener counting =
        file -> {
          assertThat(open.incrementAndGet()).isEqualTo(1);
          return new FilterOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            @Override
            public void close() throws IOException {
              super.close();
              open.decrementAndGet();
            }
          };
        };
    FileParts parts = new FileParts(folder, 16, WIDTH, counting);
    byte[] element = new byte[WIDTH];
    for (int i = 0; i < 16_000; i++) {
      parts.add(i % 16, element, 0, i);
      assertThat(open).hasValue(0);
    }
    assertThat(parts.take(3).positions()).hasSize(1000);
    assertThat(open).hasValue(0);
    parts.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void fileThatWasCut_isNamed() throws Exception {
    FileParts parts = new FileParts(folder, 1, WIDTH, file -> OutputStream.nullOutputStream());
    parts.add(0, new byte[WIDTH], 0, 0);
    assertThatThrownBy(() -> parts.take(0))
        .is(Failures.code("intersection.spill"))
        .hasMessageContaining("could not be read");
    parts.close();
    assertThat(folder).isEmptyDirectory();
  }
}
