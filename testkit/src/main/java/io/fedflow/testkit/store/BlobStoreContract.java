package io.fedflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.data.BlobTexts;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The promises of {@link BlobStore}. */
public abstract class BlobStoreContract extends StoresContract {

  private static final int LARGE = 3_500_000;

  @Test
  void B1_aBlob_isThereAfterARestart() throws Exception {
    write("tables/a", "first");
    write("tables/a", "second");
    write("tables/b", "gone");
    blobs().delete("tables/b");
    restart();
    assertThat(read("tables/a")).isEqualTo("second");
    assertUnknown("tables/b");
  }

  @Test
  void B1_aBlob_isReadWholeWhateverItsSize() throws IOException {
    for (int size : new int[] {0, 1, 1_048_575, 1_048_576, 1_048_577, LARGE}) {
      byte[] bytes = randomBytes(size);
      blobs()
          .write(
              "size/" + size,
              out -> {
                // Single bytes, odd pieces and large ones: all forms that a stream is written in.
                for (int at = 0, piece = 0; at < size; at += piece) {
                  piece = Math.min(size - at, 1 + at % 300_007);
                  if (piece == 1) {
                    out.write(bytes[at]);
                  } else {
                    out.write(bytes, at, piece);
                  }
                }
                out.flush();
              });
      try (InputStream in = blobs().read("size/" + size)) {
        assertThat(Arrays.equals(in.readAllBytes(), bytes)).as("%d bytes", size).isTrue();
      }
      assertThat(blobs().size("size/" + size)).isEqualTo(size);
    }
  }

  @Test
  void B1_duringTheWrite_theBlobIsUnknown() throws IOException {
    blobs()
        .write(
            "a",
            out -> {
              out.write(randomBytes(LARGE));
              out.flush();
              assertUnknown("a");
            });
    try (InputStream in = blobs().read("a")) {
      assertThat(in.readAllBytes()).hasSize(LARGE);
    }
  }

  @Test
  void B1_aWriteThatThrows_leavesNothing() throws IOException {
    for (Exception failure : List.of(new IOException("disk"), new IllegalStateException("bug"))) {
      assertThatThrownBy(() -> blobs().write("a", out -> failing(out, failure))).isSameAs(failure);
      assertUnknown("a");
    }
    write("a", "old");
    assertThatThrownBy(() -> blobs().write("a", out -> failing(out, new IOException("disk"))))
        .hasMessage("disk");
    assertThat(read("a")).isEqualTo("old");
  }

  @Test
  void B2_writingAKnownKey_replacesIt() throws IOException {
    write("a", "a long first content");
    write("a", "second");
    assertThat(read("a")).isEqualTo("second");
  }

  @Test
  void B2_readersDuringReplacement_seeOneWholeBlob() throws Exception {
    writeFilled("a", (byte) 0);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    AtomicBoolean over = new AtomicBoolean();
    try {
      Future<?> writer =
          threads.submit(
              (Callable<Void>)
                  () -> {
                    try {
                      for (byte i = 1; i <= 20; i++) {
                        writeFilled("a", i);
                      }
                    } finally {
                      over.set(true);
                    }
                    return null;
                  });
      while (!over.get()) {
        assertFilled("a");
      }
      writer.get();
      assertFilled("a");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void B2_writersAtTheSameTime_leaveOneWholeBlob() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (byte i = 1; i <= 8; i++) {
        byte fill = i;
        writers.add(
            () -> {
              writeFilled("a", fill);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(writers)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertFilled("a");
  }

  @Test
  void B3_anUnknownKey_isRefused() throws IOException {
    assertUnknown("none");
    blobs().delete("none");
    write("a", "x");
    blobs().delete("a");
    assertUnknown("a");
  }

  @Test
  void B4_keysThatAreNotOfTheForm_areRefused() {
    for (String key : List.of("", "/", "../a", "a/../b", "/etc/passwd", "a//b", "a b", ".a")) {
      assertThatIllegalArgumentException().isThrownBy(() -> blobs().write(key, out -> {}));
      assertThatIllegalArgumentException().isThrownBy(() -> blobs().read(key));
      assertThatIllegalArgumentException().isThrownBy(() -> blobs().delete(key));
    }
  }

  @Test
  void B4_keysThatNestOrDifferInCase_areKeptApart() throws IOException {
    List<String> keys = List.of("a", "a/b", "a/b/c", "A", "a_b", "a-b", "x".repeat(200));
    for (String key : keys) {
      write(key, "content of " + key);
    }
    for (String key : keys) {
      assertThat(read(key)).isEqualTo("content of " + key);
    }
  }

  @Test
  void B5_anExchange_happensOnlyIfTheBlobIsWhatWasSeen() throws IOException {
    byte[] first = bytes("first");
    byte[] second = bytes("second");

    assertThat(blobs().exchange("a", first, second)).as("nothing is there").isFalse();
    assertUnknown("a");
    assertThat(blobs().exchange("a", null, first)).isTrue();
    assertThat(read("a")).isEqualTo("first");
    assertThat(blobs().exchange("a", null, second)).as("something is there").isFalse();
    assertThat(blobs().exchange("a", second, second)).as("something else is there").isFalse();
    assertThat(blobs().exchange("a", second, null)).as("something else is there").isFalse();
    assertThat(read("a")).isEqualTo("first");
    assertThat(blobs().exchange("a", first, second)).isTrue();
    assertThat(read("a")).isEqualTo("second");
    assertThat(blobs().exchange("a", second, null)).isTrue();
    assertUnknown("a");
    assertThat(blobs().exchange("a", null, null)).as("nothing is there").isTrue();
    assertThat(blobs().exchange("a", null, new byte[0])).isTrue();
    assertThat(blobs().exchange("a", null, first)).as("an empty one is there").isFalse();
    assertThat(blobs().size("a")).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> blobs().exchange("../a", null, first));
  }

  @Test
  void B5_whatWasExchanged_isThereAfterARestart() throws Exception {
    assertThat(blobs().exchange("a", null, bytes("first"))).isTrue();
    assertThat(blobs().exchange("b", null, bytes("gone"))).isTrue();
    assertThat(blobs().exchange("b", bytes("gone"), null)).isTrue();
    restart();
    assertThat(read("a")).isEqualTo("first");
    assertUnknown("b");
  }

  @Test
  void B5_ofManyExchangesAtTheSameTime_noneIsLost() throws Exception {
    BlobTexts texts = new BlobTexts(blobs(), "a number");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> counting =
          Collections.nCopies(
              4,
              () -> {
                for (int i = 0; i < 25; i++) {
                  texts.change("a", text -> Optional.of(text.orElse("") + "."));
                }
                return null;
              });
      for (Future<Void> done : threads.invokeAll(counting)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(texts.read("a")).contains(".".repeat(100));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private BlobStore blobs() {
    return stores().blobs();
  }

  private void write(String key, String text) throws IOException {
    blobs().write(key, out -> out.write(bytes(text)));
  }

  private String read(String key) throws IOException {
    try (InputStream in = blobs().read(key)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void assertUnknown(String key) {
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> blobs().read(key).close())
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("blob.unknown"));
  }

  /** Writes a blob of one repeated byte, whose mixing with another one would show. */
  private void writeFilled(String key, byte fill) throws IOException {
    byte[] bytes = new byte[LARGE];
    Arrays.fill(bytes, fill);
    blobs().write(key, out -> out.write(bytes));
  }

  /** A reader may see the old or the new blob, or be told that it came too late; never a mix. */
  private void assertFilled(String key) {
    byte[] bytes;
    try (InputStream in = blobs().read(key)) {
      bytes = in.readAllBytes();
    } catch (IOException replacedMeanwhile) {
      return;
    }
    byte[] expected = new byte[LARGE];
    Arrays.fill(expected, bytes[0]);
    assertThat(Arrays.equals(bytes, expected)).as("one whole blob").isTrue();
  }

  private static void failing(java.io.OutputStream out, Exception failure) throws IOException {
    out.write(randomBytes(LARGE));
    if (failure instanceof IOException io) {
      throw io;
    }
    throw (RuntimeException) failure;
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
