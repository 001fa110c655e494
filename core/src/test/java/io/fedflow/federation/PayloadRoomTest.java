package io.fedflow.federation;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static io.fedflow.fakes.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that find no room in memory. */
class PayloadRoomTest {

  private static final TaskId TASK = task("a");
  private static final int SIZE = 100_000;

  @TempDir Path folder;

  private Mailboxes mailboxes(long memory, long files) throws IOException {
    return new Mailboxes(PayloadRoom.bounded(memory, files, folder));
  }

  private static Envelope envelope(int number) {
    byte[] bytes = new byte[SIZE];
    new Random(number).nextBytes(bytes);
    return new Envelope(TASK, HOST, GUEST, MessageTag.of("word", number), Payload.ofBytes(bytes));
  }

  private long files() throws IOException {
    try (var list = Files.list(folder)) {
      return list.count();
    }
  }

  private static Arrival arrive(Mailboxes mailboxes, Envelope envelope) {
    return mailboxes.arrive(envelope.key(), Payload.Format.BYTES, SIZE, "one");
  }

  private static int checksum(Envelope envelope) {
    CRC32C checksum = new CRC32C();
    checksum.update(envelope.payload().bytes());
    return (int) checksum.getValue();
  }

  @Test
  void whatFindsNoRoomInMemory_waitsInAFile_untilItIsTaken() throws Exception {
    Mailboxes mailboxes = mailboxes(2 * SIZE, 100 * SIZE);
    for (int i = 0; i < 10; i++) {
      mailboxes.deliver(envelope(i));
    }

    assertThat(mailboxes.room().memoryUsed()).isEqualTo(2 * SIZE);
    assertThat(mailboxes.room().fileBytesUsed()).isEqualTo(8 * SIZE);
    assertThat(mailboxes.room().spilled()).isEqualTo(8);
    assertThat(files()).isEqualTo(8);
    for (int i = 9; i >= 0; i--) {
      assertThat(mailboxes.take(envelope(i).key(), 0)).isEqualTo(envelope(i).payload());
    }
    assertThat(files()).isZero();
    assertThat(mailboxes.room().memoryUsed()).isZero();
    assertThat(mailboxes.room().fileBytesUsed()).isZero();
  }

  @Test
  void piecesOfOneThatFindsNoRoom_goToItsFile_overSeveralConnections() throws Exception {
    Mailboxes mailboxes = mailboxes(0, 100 * SIZE);
    Envelope envelope = envelope(1);
    byte[] bytes = envelope.payload().bytes();
    Arrival first = arrive(mailboxes, envelope);
    assertThat(first.blocks()).isTrue();
    first.add(ByteBuffer.wrap(bytes, 0, 60_000));

    Arrival second = arrive(mailboxes, envelope);
    assertThat(second.received()).isEqualTo(60_000);
    second.add(ByteBuffer.wrap(bytes, 60_000, SIZE - 60_000));

    assertThat(second.complete(checksum(envelope))).isTrue();
    assertThat(mailboxes.take(envelope.key(), 0)).isEqualTo(envelope.payload());
    assertThat(files()).isZero();
  }

  @Test
  void endOfTaskOrJob_deletesFiles_thoseOnTheirWayToo() throws Exception {
    Mailboxes mailboxes = mailboxes(0, 100 * SIZE);
    mailboxes.deliver(envelope(1));
    Arrival lingering = arrive(mailboxes, envelope(2));
    lingering.add(ByteBuffer.wrap(new byte[10]));
    assertThat(files()).isEqualTo(2);

    mailboxes.close(TASK, GUEST);

    assertThat(files()).isZero();
    assertThat(lingering.add(ByteBuffer.wrap(new byte[10]))).isFalse();
    mailboxes.deliver(envelope(3));
    assertThat(files()).isZero();
    assertThat(mailboxes.room().fileBytesUsed()).isZero();
  }

  @Test
  void messageThatComesTwice_leavesNoFile() throws Exception {
    Mailboxes mailboxes = mailboxes(0, 100 * SIZE);
    mailboxes.deliver(envelope(1));
    mailboxes.deliver(envelope(1));

    assertThat(files()).isEqualTo(1);
    mailboxes.forget(TASK.jobId());
    assertThat(files()).isZero();
  }

  @Test
  void noRoomAtAll_isRefusedByName() throws Exception {
    Mailboxes mailboxes = mailboxes(SIZE, SIZE);
    mailboxes.deliver(envelope(1));
    mailboxes.deliver(envelope(2));

    assertThatThrownBy(() -> mailboxes.deliver(envelope(3)))
        .isInstanceOfSatisfying(
            FedflowException.class, full -> assertThat(full.code()).isEqualTo("federation.full"));
    assertThatThrownBy(() -> arrive(mailboxes, envelope(3))).isInstanceOf(FedflowException.class);
    mailboxes.take(envelope(2).key(), 0);
    mailboxes.deliver(envelope(3));
  }

  @Test
  void filesOfAnEarlierProcess_areDeleted_andNothingElse() throws Exception {
    mailboxes(0, SIZE).deliver(envelope(1));
    Files.writeString(folder.resolve("mine.txt"), "kept");

    mailboxes(0, SIZE);

    assertThat(files()).isEqualTo(1);
    assertThat(folder.resolve("mine.txt")).exists();
  }
}
