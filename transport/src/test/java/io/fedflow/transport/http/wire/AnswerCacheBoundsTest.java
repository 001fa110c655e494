package io.fedflow.transport.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.Stores;
import io.fedflow.tracking.JobVersions;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerCacheBoundsTest {

  private static final Buffer QUESTION = Buffer.buffer("{}");
  private static final Buffer ANSWER = Buffer.buffer("answer");

  private final JobVersions versions = new JobVersions();
  private final AnswerCache cache = new AnswerCache(versions);

  @Test
  void whatWasReadBeforeAWrite_isNotGiven() {
    long version = cache.version("j1");
    try (Stores stores = versions.watching(MemoryStores.create())) {
      stores
          .tracking()
          .putSummary(new TaskId("j1", "a_0", 0), new Party(Role.GUEST, "1"), Map.of())
          .toCompletableFuture()
          .join();
    }
    cache.keep("/a", QUESTION, "j1", version, ANSWER);
    assertThat(cache.find("/a", QUESTION)).isEmpty();
    cache.keep("/a", QUESTION, "j1", cache.version("j1"), ANSWER);
    assertThat(cache.find("/a", QUESTION)).hasValue(ANSWER);
    assertThat(cache.find("/b", QUESTION)).isEmpty();
  }

  @Test
  void longestUnaskedAnswers_areForgottenFirst() {
    Buffer large = Buffer.buffer(new byte[200 << 10]);
    cache.keep("/a", QUESTION, "j1", 0, large);
    for (int i = 0; i < 200; i++) {
      assertThat(cache.find("/a", QUESTION)).as("asked for all the time").hasValue(large);
      cache.keep("/b", Buffer.buffer("" + i), "j1", 0, large);
    }
    assertThat(cache.find("/b", Buffer.buffer("199"))).hasValue(large);
    assertThat(cache.find("/b", Buffer.buffer("0"))).isEmpty();
  }

  @Test
  void whatIsTooLarge_isNotKept() {
    cache.keep("/a", QUESTION, "j1", 0, Buffer.buffer(new byte[1 << 20]));
    assertThat(cache.find("/a", QUESTION)).isEmpty();
    Buffer question = Buffer.buffer(new byte[1 << 12]);
    cache.keep("/a", question, "j1", 0, ANSWER);
    assertThat(cache.find("/a", question)).isEmpty();
  }
}
