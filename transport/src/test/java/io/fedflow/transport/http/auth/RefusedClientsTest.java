package io.fedflow.transport.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusedClientsTest {

  private long now = 60_000_000;
  private final RefusedClients refused =
      new RefusedClients(Optional.empty(), () -> Instant.ofEpochMilli(now));

  @Test
  void aFloodIsCounted_notRecordedOneByOne() {
    for (int i = 0; i < RefusedClients.MOST_A_MINUTE; i++) {
      assertThat(refused.take()).isZero();
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(refused.take()).isEqualTo(-1);
    }

    now += 60_000;

    assertThat(refused.take()).isEqualTo(10_000);
    assertThat(refused.take()).isZero();
  }
}
