package io.fedflow.transport.http.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveScanTest {

  private static final ArchiveLimits ROOMY = new ArchiveLimits(1 << 30, 10, 1 << 30, 1L << 32, 200);

  @TempDir Path folder;

  /** A zip of entries that are nothing but zeros. */
  private Path zeros(int entries, long bytesEach) throws IOException {
    Path file = Files.createTempFile(folder, "zeros", ".zip");
    byte[] block = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < entries; i++) {
        zip.putNextEntry(new ZipEntry("e" + i));
        for (long left = bytesEach; left > 0; left -= block.length) {
          zip.write(block, 0, (int) Math.min(left, block.length));
        }
      }
    }
    return file;
  }

  private static void refuses(String why, Path file, ArchiveLimits limits) {
    assertThatThrownBy(() -> scan(file, limits))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining(why);
  }

  private static int scan(Path file, ArchiveLimits limits) throws IOException {
    return new ArchiveScan(file, limits)
        .run(
            new ArchiveScan.Visitor() {
              @Override
              public boolean wants(String name) {
                return false;
              }

              @Override
              public void take(String name, byte[] content) {
                throw new AssertionError(name + " was not wanted");
              }
            })
        .size();
  }

  @Test
  void everyLimit_endsTheScan() throws IOException {
    Path file = zeros(3, 1000);
    assertThat(scan(file, new ArchiveLimits(Files.size(file), 3, 1000, 3000, 1))).isEqualTo(3);
    refuses("a file of", file, new ArchiveLimits(Files.size(file) - 1, 3, 1000, 3000, 1));
    refuses("more than 2 entries", file, new ArchiveLimits(1 << 20, 2, 1000, 3000, 1));
    refuses("larger than 999", file, new ArchiveLimits(1 << 20, 3, 999, 3000, 1));
    refuses("at most 2999", file, new ArchiveLimits(1 << 20, 3, 1000, 2999, 1));
  }

  @Test
  void bombs_endEarly() throws IOException {
    refuses("200 times the file", zeros(1, 100L << 20), ROOMY);
    assertThat(scan(zeros(1, ArchiveLimits.SMALL), ROOMY)).isEqualTo(1);
  }
}
