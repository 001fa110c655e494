package io.fedflow.components.aggregation;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.aggregation.MaskedParts;
import io.fedflow.components.crypto.aggregation.PairKey;
import io.fedflow.components.crypto.aggregation.PairMask;
import io.fedflow.components.crypto.aggregation.SumScale;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A guest or host that adds. One object for one task; not thread-safe. */
public final class SumMember {

  private final TaskContext context;
  private final Party arbiter;
  private final SumScale scale;
  private final List<PairMask> masks;
  private int round;

  private SumMember(TaskContext context, Party arbiter, SumScale scale, List<PairMask> masks) {
    this.context = context;
    this.arbiter = arbiter;
    this.scale = scale;
    this.masks = masks;
  }

  /**
   * Agrees on masks with every other guest or host.
   *
   * @param magnitudeBits values are at most {@code 2^magnitudeBits} in magnitude; equal at all
   *     parties
   * @throws FedflowException {@code crypto.invalid-point} (PEER) naming the party whose key is
   *     refused
   * @throws InterruptedException if the task was stopped meanwhile
   */
  public static SumMember join(TaskContext context, int magnitudeBits) throws InterruptedException {
    List<Party> members = members(context);
    PairKey own = PairKey.generate(context.entropy());
    MessageTag tag = MessageTag.of(SumMessages.KEY);
    List<Party> peers = members.stream().filter(party -> !party.equals(context.self())).toList();
    context.federation().sendAll(peers, tag, Payload.ofBytes(own.publicBytes()));
    byte[] occasion = (context.task() + " " + members).getBytes(StandardCharsets.UTF_8);
    List<PairMask> masks = new ArrayList<>();
    for (Party peer : peers) {
      byte[] key = context.federation().receive(peer, tag).as(Payload.Format.BYTES);
      try {
        masks.add(own.with(key, occasion));
      } catch (CryptoException refused) {
        throw FedflowException.peer(refused.code(), peer + ": " + refused.getMessage());
      }
    }
    return new SumMember(
        context,
        context.federation().parties(Role.ARBITER).get(0),
        SumScale.of(members.size(), magnitudeBits),
        masks);
  }

  /** Those who add, in the order that all parties share. */
  static List<Party> members(TaskContext context) {
    List<Party> members = new ArrayList<>(context.federation().parties(Role.GUEST));
    members.addAll(context.federation().parties(Role.HOST));
    return members;
  }

  /**
   * Adds own values to those of all others.
   *
   * @param values of as many as at every other party
   * @return the sums
   * @throws CryptoException {@code crypto.out-of-range} if a value is not finite or too large
   * @throws FedflowException {@code sum.message} (PEER) if the arbiter sends another count
   * @throws InterruptedException if the task was stopped meanwhile
   */
  public double[] sum(double[] values) throws InterruptedException {
    context
        .federation()
        .send(
            arbiter,
            MessageTag.of(SumMessages.PART, round),
            Payload.ofBytes(MaskedParts.of(values, scale, masks, round)));
    double[] sums =
        context
            .federation()
            .receive(arbiter, MessageTag.of(SumMessages.SUM, round))
            .asFiniteDoubles();
    if (sums.length != values.length) {
      throw FedflowException.peer(
          "sum.message", arbiter + " sent " + sums.length + " sums, expected " + values.length);
    }
    round++;
    return sums;
  }
}
