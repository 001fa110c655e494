package io.fedflow.components.toy;

import io.fedflow.component.TaskContext;
import io.fedflow.components.task.Parallel;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/** One party's part. Guest and host do the same until each has the sum of what it holds. */
final class SecureAddTask {

  private final TaskContext context;
  private final Party partner;
  private final int rows;
  private final int partitions;
  private final Number seed;
  private final SecureRandom entropy;

  /**
   * A part.
   *
   * @throws FedflowException {@code secure_add.parties} unless there are one guest and one host
   */
  SecureAddTask(TaskContext context) {
    this.context = context;
    this.partner = partner(context);
    this.rows = context.params().integer("data_num");
    this.partitions = Math.min(context.params().integer("partition"), rows);
    this.seed = (Number) context.params().get("seed");
    this.entropy = context.entropy();
  }

  /** The guest's part: learns the sum of both parties' rows and checks it. */
  long guest() throws InterruptedException {
    long own = ownSum(SecureAddMessages.GUEST_SHARE, SecureAddMessages.HOST_SHARE);
    say("wait for the sum of the host");
    long[] sum = context.federation().receive(partner, SecureAddMessages.HOST_SUM).asLongs();
    if (sum.length != 1) {
      throw FedflowException.peer(
          "secure_add.sum", partner + ": found " + sum.length + " sums, expected one");
    }
    long total = own + sum[0];
    if (total != 2L * rows) {
      throw FedflowException.peer(
          "secure_add.total",
          "found "
              + total
              + " as the sum of "
              + rows
              + " ones of each party, expected "
              + 2L * rows
              + "; "
              + partner
              + " did not add what it was given");
    }
    say("success, the secure sum is " + total);
    return total;
  }

  /** The host's part: adds and tells its sum. */
  void host() throws InterruptedException {
    long own = ownSum(SecureAddMessages.HOST_SHARE, SecureAddMessages.GUEST_SHARE);
    context.federation().send(partner, SecureAddMessages.HOST_SUM, Payload.ofLongs(own));
    say("sent the sum to the guest");
  }

  /** The sum of the share that stayed here and the share that came, modulo 2^64. */
  private long ownSum(MessageTag mine, MessageTag theirs) throws InterruptedException {
    say("split " + rows + " rows in " + partitions + " partitions into two random shares");
    List<AdditiveShares> shares = Parallel.map(context, partitions, this::split);
    say("give one share to " + partner);
    long[] given = new long[rows];
    for (int i = 0; i < partitions; i++) {
      long[] part = shares.get(i).given();
      System.arraycopy(part, 0, given, from(i), part.length);
    }
    context.federation().send(partner, mine, Payload.ofLongs(given));
    say("wait for a share of " + partner);
    long[] received = context.federation().receive(partner, theirs).asLongs();
    if (received.length != rows) {
      throw FedflowException.invalid(
          "secure_add.rows",
          "data_num: found "
              + received.length
              + " at "
              + partner
              + " and "
              + rows
              + " here, expected the same at both");
    }
    say("add the shares");
    return Parallel.map(context, partitions, i -> sum(shares.get(i).kept(), received, from(i)))
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private AdditiveShares split(int partition) {
    RandomGenerator random =
        seed == null ? entropy : AdditiveShares.seeded(seed.longValue(), partition);
    return AdditiveShares.ofOnes(from(partition + 1) - from(partition), random);
  }

  private int from(int partition) {
    return (int) ((long) rows * partition / partitions);
  }

  private static long sum(long[] kept, long[] received, int from) {
    long sum = 0;
    for (int i = 0; i < kept.length; i++) {
      sum += kept[i] + received[from + i];
    }
    return sum;
  }

  /** FATE's clients look for this word in the guest's log. */
  private void say(String what) {
    context.log().info("secure_add_" + context.self().role() + ": " + what);
  }

  private static Party partner(TaskContext context) {
    List<Party> guests = context.federation().parties(Role.GUEST);
    List<Party> hosts = context.federation().parties(Role.HOST);
    if (guests.size() != 1 || hosts.size() != 1) {
      throw FedflowException.invalid(
          "secure_add.parties",
          "SecureAddExample: found guests "
              + guests
              + " and hosts "
              + hosts
              + ", allowed one of each");
    }
    return context.self().role().equals(Role.GUEST) ? hosts.get(0) : guests.get(0);
  }
}
