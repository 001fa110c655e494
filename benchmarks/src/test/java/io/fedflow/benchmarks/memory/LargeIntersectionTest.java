package io.fedflow.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are not large, so that the benchmark still works when it is wanted. */
class LargeIntersectionTest {

  @ParameterizedTest
  @ValueSource(strings = {"method=ecdh hosts=2", "method=rsa", "method=ecdh hosts=2 count=true"})
  void jobs_endWell(String arguments) {
    String[] all = ("ids=300 spill=50 " + arguments).split(" ");
    assertThatCode(() -> LargeIntersection.main(all)).doesNotThrowAnyException();
  }

  @Test
  void jobThatFails_andUnknownArguments_areTold() {
    assertThatThrownBy(() -> LargeIntersection.main(new String[] {"ids=10", "bits=1001"}))
        .hasMessageContaining("key_length");
    assertThatThrownBy(() -> LargeIntersection.main(new String[] {"idz=10"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("idz=10");
  }

  @Test
  void heap_isWhatIsHeld() {
    try (HeapAtCollections heap = new HeapAtCollections()) {
      heap.reset();
      long before = heap.most();
      byte[] held = new byte[32 << 20];
      assertThat(heap.most()).isGreaterThanOrEqualTo(before + (30 << 20));
      assertThat(held).hasSize(32 << 20);
    }
  }
}
