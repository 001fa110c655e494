package io.fedflow.components.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrivacyTest {

  private static final String ID = "customer-1";

  @Test
  void assertNoTraceOf_seesIdsAndTheirHashes() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(ID.getBytes(StandardCharsets.UTF_8));
    byte[] reversed = new byte[hash.length];
    for (int i = 0; i < hash.length; i++) {
      reversed[i] = hash[hash.length - 1 - i];
    }

    assertTraced(Payload.ofTexts(List.of("x" + ID)));
    assertTraced(Payload.ofBytes(hash));
    assertTraced(Payload.ofIntegers(reversed));
    assertTraced(Payload.ofTexts(List.of(HexFormat.of().formatHex(hash).substring(0, 32))));
    Privacy.assertNoTraceOf(List.of(message(Payload.ofTexts(List.of("else")))), List.of(ID));
  }

  private static void assertTraced(Payload payload) {
    assertThatThrownBy(() -> Privacy.assertNoTraceOf(List.of(message(payload)), List.of(ID)))
        .isInstanceOf(AssertionError.class);
  }

  private static Envelope message(Payload payload) {
    return new Envelope(
        new TaskId("j", "c_0", 0),
        Party.of("guest", "1"),
        Party.of("host", "2"),
        MessageTag.of("m"),
        payload);
  }
}
