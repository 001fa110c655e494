package io.fedflow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fedflow.testkit.store.StoreRows;
import io.fedflow.worker.Frames.Frame;
import io.fedflow.worker.Frames.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Frames.Out out = new Frames.Out(bytes);

  private Frames.In in() {
    return new Frames.In(new ByteArrayInputStream(bytes.toByteArray()));
  }

  @Test
  void aFrameComesAsItWent() throws IOException {
    out.write(Type.SEND, new byte[] {1, 2}, new byte[0], new byte[] {3});
    out.write(Type.CANCEL);
    Frames.In in = in();
    Frame first = in.next();
    assertThat(first.type()).isEqualTo(Type.SEND);
    assertThat(first.body()).containsExactly(1, 2, 3);
    assertThat(in.next().type()).isEqualTo(Type.CANCEL);
    assertThat(in.next()).isNull();
  }

  @Test
  void piecesComeTogether_whateverStandsBetweenThem() throws IOException {
    byte[] large = new byte[300_000];
    new Random(1).nextBytes(large);
    try (OutputStream chunks = out.chunks()) {
      chunks.write(large, 0, 150_000);
      out.write(Type.LOG, new byte[] {9});
      chunks.write(large, 150_000, 149_999);
      chunks.write(large[299_999]);
    }
    out.write(Type.CANCEL);
    List<Type> others = new ArrayList<>();
    Frames.In in = in();
    try (InputStream chunks = in.chunks(frame -> others.add(frame.type()))) {
      assertThat(Arrays.equals(chunks.readAllBytes(), large)).isTrue();
    }
    assertThat(others).containsExactly(Type.LOG);
    assertThat(in.next().type()).isEqualTo(Type.CANCEL);
  }

  @Test
  void whatIsNoFrame_isRefusedWithoutMemoryForIt() {
    for (byte[] wrong :
        List.of(
            new byte[] {0, 0, 0, 0},
            new byte[] {-1, -1, -1, -1, 0},
            new byte[] {0x7f, 0, 0, 0, 0},
            new byte[] {0, 0, 0, 1, 99},
            new byte[] {0, 0, 0, 5, 0, 1},
            new byte[] {0, 0})) {
      Frames.In in = new Frames.In(new ByteArrayInputStream(wrong));
      assertThatExceptionOfType(IOException.class).isThrownBy(in::next);
    }
  }

  @Test
  void treesCrossWithTheirTypes() {
    Map<String, Object> tree = new java.util.LinkedHashMap<>(StoreRows.tree());
    tree.put("huge", new BigInteger("123456789012345678901234567890"));
    tree.put("nan", Double.NaN);
    byte[] body = new Packet.Writer().tree(tree).bytes();
    assertThat(new Packet.Reader(body).map()).isEqualTo(tree);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Packet.Writer().tree(Map.of("bad", new Object())))
        .withMessageContaining("java.lang.Object");
  }

  @Test
  void spoiltBodies_areRefusedNotBelieved() {
    byte[] body = new Packet.Writer().tree(StoreRows.tree()).text("tail").bytes();
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] spoilt = Arrays.copyOf(body, random.nextInt(body.length + 1));
      for (int j = 0; j < 3 && spoilt.length > 0; j++) {
        spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
      }
      try {
        Packet.Reader reader = new Packet.Reader(spoilt);
        reader.tree();
        reader.text();
      } catch (RuntimeException refused) {
        assertThat(refused).isNotInstanceOf(NegativeArraySizeException.class);
      }
    }
  }
}
