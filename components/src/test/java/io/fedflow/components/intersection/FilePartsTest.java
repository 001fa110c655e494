package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.testing.Failures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePartsTest {

  private static final int WIDTH = 32;

  @TempDir private Path folder;

  /** A disk that has room for so many bytes a file. */
  private static OutputStream bounded(Path file, int room) throws IOException {
    OutputStream to = Files.newOutputStream(file);
    return new OutputStream() {
      private int left = room;

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
  void elements_comeBackAsTheyWereAdded_inMemoryToo() {
    Random random = new Random(3);
    Parts files = new FileParts(folder, 5, WIDTH);
    Parts memory = new MemoryParts(WIDTH, 1000, 1000, 1000, 1000, 1000);
    byte[] elements = new byte[1000 * WIDTH];
    random.nextBytes(elements);
    for (int i = 0; i < 1000; i++) {
      int part = random.nextInt(4);
      files.add(part, elements, i * WIDTH, 5 * i);
      memory.add(part, elements, i * WIDTH, 5 * i);
    }
    int all = 0;
    for (int part = 0; part < 5; part++) {
      Parts.Part found = files.take(part);
      Parts.Part expected = memory.take(part);
      assertThat(found.elements()).isEqualTo(expected.elements());
      assertThat(found.positions()).isEqualTo(expected.positions());
      all += found.positions().length;
      assertThat(files.take(part).positions()).isEmpty();
      assertThat(memory.take(part).positions()).isEmpty();
    }
    assertThat(all).isEqualTo(1000);
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
