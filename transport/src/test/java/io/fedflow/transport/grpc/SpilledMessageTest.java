package io.fedflow.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.federation.PayloadRoom;
import io.fedflow.party.Party;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a message that waits in a file takes of the memory outside the heap, which servers share
 * with their connections. Here because core's tests see no part of the JDK beyond its base.
 */
class SpilledMessageTest {

  private static final int LARGE = 64 << 20;

  @TempDir Path folder;

  @Test
  void aLargeMessage_passesItsFileInPieces() throws Exception {
    byte[] bytes = new byte[LARGE];
    Arrays.fill(bytes, (byte) 7);
    Envelope envelope =
        new Envelope(
            new TaskId("j", "a", 0),
            Party.of("host", "10000"),
            Party.of("guest", "9999"),
            MessageTag.of("word", 1),
            Payload.ofBytes(bytes));
    Mailboxes mailboxes = new Mailboxes(PayloadRoom.bounded(0, LARGE, folder));
    long before = direct().getTotalCapacity();

    mailboxes.deliver(envelope);
    assertThat(mailboxes.room().spilled()).isEqualTo(1);
    assertThat(mailboxes.take(envelope.key(), 0).bytes()).isEqualTo(bytes);

    assertThat(direct().getTotalCapacity() - before).isLessThan(LARGE / 4);
  }

  private static BufferPoolMXBean direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .findFirst()
        .orElseThrow();
  }
}
