package io.fedflow.components.feldman;

import io.fedflow.component.TaskContext;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.task.Parallel;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** What a party holds of the sum of all: a share and its blinding for each value. */
  private record Sums(BigInteger[] shares, BigInteger[] blindings) {}

  /**
   * A part.
   *
   * @param table rows in the order that all parties share
   * @param columns the columns to add, as many as at every other party
   */
  FeldmanTask(TaskContext context, Table table, List<String> columns, FixedDecimals decimals) {
    this.context = context;
    this.table = table;
    this.columns = columns;
    this.decimals = decimals;
    this.parties = new ArrayList<>(context.federation().parties(Role.GUEST));
    parties.addAll(context.federation().parties(Role.HOST));
    this.own = parties.indexOf(context.self());
    this.values = columns.size() * table.rowCount();
  }

  /**
   * Shares the own values, checks and adds what others share.
   *
   * @return at the guest the sums, shape [columns][rows]; at a host null
   * @throws FedflowException {@code feldman.value} (INVALID), {@code feldman.message} or {@code
   *     feldman.share} of kind PEER
   */
  double[][] run() throws InterruptedException {
    List<Dealing> dealt = Parallel.map(context, values, this::deal);
    for (int to = 0; to < parties.size(); to++) {
      if (to != own) {
        send(dealt, to);
      }
    }
    BigInteger[] shares = new BigInteger[values];
    BigInteger[] blindings = new BigInteger[values];
    BigInteger[][] commitments = new BigInteger[values][];
    for (int v = 0; v < values; v++) {
      shares[v] = dealt.get(v).shares()[own];
      blindings[v] = dealt.get(v).blindings()[own];
      commitments[v] = dealt.get(v).commitments().clone();
    }
    for (int from = 0; from < parties.size(); from++) {
      if (from != own) {
        take(from, shares, blindings, commitments);
      }
    }
    if (own > 0) {
      context
          .federation()
          .send(
              parties.get(0),
              MessageTag.of(FeldmanMessages.SUMS),
              Numbers.payload(interleaved(shares, blindings), PrimeGroup.Q));
      return null;
    }
    return open(new Sums(shares, blindings), commitments);
  }

  private Dealing deal(int value) {
    int row = value % table.rowCount();
    String column = columns.get(value / table.rowCount());
    double number = FeatureColumns.numbers(table, column)[row];
    return Dealing.of(decimals.encode(column, row, number), parties.size(), context.entropy());
  }

  private void send(List<Dealing> dealt, int to) throws InterruptedException {
    BigInteger[] shares = new BigInteger[values];
    BigInteger[] blindings = new BigInteger[values];
    BigInteger[] commitments = new BigInteger[values * parties.size()];
    for (int v = 0; v < values; v++) {
      shares[v] = dealt.get(v).shares()[to];
      blindings[v] = dealt.get(v).blindings()[to];
      System.arraycopy(
          dealt.get(v).commitments(), 0, commitments, v * parties.size(), parties.size());
    }
    Party party = parties.get(to);
    context
        .federation()
        .send(
            party,
            MessageTag.of(FeldmanMessages.SHARES),
            Numbers.payload(interleaved(shares, blindings), PrimeGroup.Q));
    context
        .federation()
        .send(
            party,
            MessageTag.of(FeldmanMessages.COMMITMENTS),
            Numbers.payload(commitments, PrimeGroup.P));
  }

  /** Checks what a party shared, and adds it. */
  private void take(
      int from, BigInteger[] shares, BigInteger[] blindings, BigInteger[][] commitments)
      throws InterruptedException {
    Party party = parties.get(from);
    BigInteger[] numbers =
        Numbers.read(
            context.federation().receive(party, MessageTag.of(FeldmanMessages.SHARES)),
            party,
            2 * values,
            PrimeGroup.Q);
    BigInteger[] powers =
        Numbers.read(
            context.federation().receive(party, MessageTag.of(FeldmanMessages.COMMITMENTS)),
            party,
            values * parties.size(),
            PrimeGroup.P);
    List<Boolean> fine =
        Parallel.map(
            context,
            values,
            v -> {
              BigInteger[] bound =
                  Arrays.copyOfRange(powers, v * parties.size(), (v + 1) * parties.size());
              return Arrays.stream(bound).allMatch(PrimeGroup::contains)
                  && Dealing.fits(numbers[2 * v], numbers[2 * v + 1], bound, own + 1);
            });
    refuse(party, fine);
    for (int v = 0; v < values; v++) {
      shares[v] = shares[v].add(numbers[2 * v]).mod(PrimeGroup.Q);
      blindings[v] = blindings[v].add(numbers[2 * v + 1]).mod(PrimeGroup.Q);
      for (int k = 0; k < parties.size(); k++) {
        commitments[v][k] =
            commitments[v][k].multiply(powers[v * parties.size() + k]).mod(PrimeGroup.P);
      }
    }
  }

  /** Checks the hosts' sums against all commitments, and puts the shares together. */
  private double[][] open(Sums mine, BigInteger[][] commitments) throws InterruptedException {
    List<BigInteger[]> sums = new ArrayList<>();
    sums.add(interleaved(mine.shares(), mine.blindings()));
    for (int from = 1; from < parties.size(); from++) {
      Party party = parties.get(from);
      BigInteger[] numbers =
          Numbers.read(
              context.federation().receive(party, MessageTag.of(FeldmanMessages.SUMS)),
              party,
              2 * values,
              PrimeGroup.Q);
      int point = from + 1;
      refuse(
          party,
          Parallel.map(
              context,
              values,
              v -> Dealing.fits(numbers[2 * v], numbers[2 * v + 1], commitments[v], point)));
      sums.add(numbers);
    }
    double[][] opened = new double[columns.size()][table.rowCount()];
    for (int v = 0; v < values; v++) {
      int at = 2 * v;
      BigInteger secret =
          Polynomial.secret(sums.stream().map(each -> each[at]).toArray(BigInteger[]::new));
      opened[v / table.rowCount()][v % table.rowCount()] = decimals.decode(secret);
    }
    return opened;
  }

  private void refuse(Party party, List<Boolean> fine) {
    int bad = fine.indexOf(Boolean.FALSE);
    if (bad >= 0) {
      throw FedflowException.peer(
          "feldman.share",
          party
              + ": found a share that its commitments do not bind to, in column "
              + (bad / table.rowCount() + 1)
              + " of those to add, row "
              + (bad % table.rowCount() + 1));
    }
  }

  private static BigInteger[] interleaved(BigInteger[] shares, BigInteger[] blindings) {
    BigInteger[] both = new BigInteger[2 * shares.length];
    for (int v = 0; v < shares.length; v++) {
      both[2 * v] = shares[v];
      both[2 * v + 1] = blindings[v];
    }
    return both;
  }
}
