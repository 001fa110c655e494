package io.fedflow.components.feldman;

import io.fedflow.component.TaskContext;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.task.Parallel;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** One party's part of a sum. A value's number is {@code column * rows + row}. */
final class FeldmanTask {

  private final TaskContext context;
  private final Table table;
  private final List<String> columns;
  private final FixedDecimals decimals;
  private final List<Party> parties;
  private final int own;
  private final int values;
  private final Commitments binding;

  /**
   * A part.
   *
   * @param table rows in the order that all parties share
   * @param columns the columns to add, as many as at every other party
   * @param suite makes the commitments
   */
  FeldmanTask(
      TaskContext context,
      Table table,
      List<String> columns,
      FixedDecimals decimals,
      CryptoSuite suite) {
    this.context = context;
    this.table = table;
    this.columns = columns;
    this.decimals = decimals;
    this.parties = new ArrayList<>(context.federation().parties(Role.GUEST));
    parties.addAll(context.federation().parties(Role.HOST));
    this.own = parties.indexOf(context.self());
    this.values = columns.size() * table.rowCount();
    this.binding = new Commitments(suite, ComputePool.of(context.compute(), context.parallelism()));
  }

  /**
   * Shares the own values, checks and adds what others share.
   *
   * @return at the guest the sums, shape [columns][rows]; at a host null
   * @throws FedflowException {@code feldman.value} (INVALID), {@code feldman.message} or {@code
   *     feldman.share} of kind PEER
   */
  double[][] run() throws InterruptedException {
    BigInteger[] numbers = Parallel.map(context, values, this::number).toArray(BigInteger[]::new);
    Dealing dealt = Dealing.of(numbers, parties.size(), binding, context.entropy());
    for (int to = 0; to < parties.size(); to++) {
      if (to != own) {
        send(dealt, to);
      }
    }
    Shares held = dealt.shares().get(own);
    BigInteger[] commitments = dealt.commitments();
    for (int from = 0; from < parties.size(); from++) {
      if (from != own) {
        held = held.plus(take(from, commitments));
      }
    }
    if (own > 0) {
      context
          .federation()
          .send(
              parties.get(0),
              MessageTag.of(FeldmanMessages.SUMS),
              Numbers.payload(held.interleaved(), PrimeGroup.Q));
      return null;
    }
    return open(held, commitments);
  }

  private BigInteger number(int value) {
    int row = value % table.rowCount();
    String column = columns.get(value / table.rowCount());
    return decimals.encode(column, row, FeatureColumns.numbers(table, column)[row]);
  }

  private void send(Dealing dealt, int to) throws InterruptedException {
    Party party = parties.get(to);
    context
        .federation()
        .send(
            party,
            MessageTag.of(FeldmanMessages.SHARES),
            Numbers.payload(dealt.shares().get(to).interleaved(), PrimeGroup.Q));
    context
        .federation()
        .send(
            party,
            MessageTag.of(FeldmanMessages.COMMITMENTS),
            Numbers.payload(dealt.commitments(), PrimeGroup.P));
  }

  /** Checks what a party shared, and multiplies its commitments onto {@code commitments}. */
  private Shares take(int from, BigInteger[] commitments) throws InterruptedException {
    Party party = parties.get(from);
    Shares shares = receive(party, FeldmanMessages.SHARES);
    BigInteger[] theirs =
        Numbers.read(
            context.federation().receive(party, MessageTag.of(FeldmanMessages.COMMITMENTS)),
            party,
            values * parties.size(),
            PrimeGroup.P);
    boolean[] inGroup = binding.inGroup(theirs);
    // What is outside the subgroup binds to nothing, whether it fits or not.
    boolean[] fine = binding.fit(shares, theirs, own + 1);
    for (int i = 0; i < theirs.length; i++) {
      fine[i / parties.size()] &= inGroup[i];
    }
    refuse(party, fine);
    for (int i = 0; i < theirs.length; i++) {
      commitments[i] = commitments[i].multiply(theirs[i]).mod(PrimeGroup.P);
    }
    return shares;
  }

  private Shares receive(Party party, String name) throws InterruptedException {
    return Shares.of(
        Numbers.read(
            context.federation().receive(party, MessageTag.of(name)),
            party,
            2 * values,
            PrimeGroup.Q));
  }

  /** Checks the hosts' sums against all commitments, and puts the shares together. */
  private double[][] open(Shares mine, BigInteger[] commitments) throws InterruptedException {
    List<Shares> sums = new ArrayList<>();
    sums.add(mine);
    for (int from = 1; from < parties.size(); from++) {
      Party party = parties.get(from);
      Shares theirs = receive(party, FeldmanMessages.SUMS);
      refuse(party, binding.fit(theirs, commitments, from + 1));
      sums.add(theirs);
    }
    double[][] opened = new double[columns.size()][table.rowCount()];
    for (int v = 0; v < values; v++) {
      int at = v;
      BigInteger secret =
          Polynomial.secret(
              sums.stream().map(each -> each.values()[at]).toArray(BigInteger[]::new));
      opened[v / table.rowCount()][v % table.rowCount()] = decimals.decode(secret);
    }
    return opened;
  }

  private void refuse(Party party, boolean[] fine) {
    for (int bad = 0; bad < fine.length; bad++) {
      if (!fine[bad]) {
        throw FedflowException.peer(
            "feldman.share",
            party
                + ": found a share that its commitments do not bind to, in column "
                + (bad / table.rowCount() + 1)
                + " of those to add, row "
                + (bad % table.rowCount() + 1));
      }
    }
  }
}
