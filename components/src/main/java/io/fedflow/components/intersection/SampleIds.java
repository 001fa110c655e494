package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Names the rows of an intersection by match ids alike at all parties: one party, the generator,
 * has a row for each of its samples, and the others repeat their row of the same match id. Messages
 * go by the order of the match ids, which never cross. With {@code left_join} all rows of the
 * generator stay; where others have no row of a match id, theirs is one without values.
 */
final class SampleIds {

  private static final int NEW_ID_BITS = 96;

  private final TaskContext context;
  private final IdsToMatch ids;

  SampleIds(TaskContext context, IdsToMatch ids) {
    this.context = context;
    this.ids = ids;
  }

  /**
   * The common rows under the generator's ids.
   *
   * @param positions the common ones of this party's match ids
   * @throws FedflowException {@code intersection.message} (PEER) if what the generator sends does
   *     not name rows
   */
  Table join(int[] positions) throws InterruptedException {
    List<int[]> rows = ids.rowsInOrder(positions);
    Role generator = new Role(context.params().text("sample_id_generator"));
    return context.self().role().equals(generator)
        ? generate(rows, leftJoin() ? ids.rowsOfOthers(positions) : new int[0], others(generator))
        : receive(rows, context.federation().parties(generator).get(0));
  }

  private boolean leftJoin() {
    return context.params().text("join_method").equals(IntersectionParameters.LEFT_JOIN);
  }

  private List<Party> others(Role generator) {
    return context.federation().parties(generator.equals(Role.GUEST) ? Role.HOST : Role.GUEST);
  }

  /** Rows of the generator that nobody else has come last, in an order of their own. */
  private Table generate(List<int[]> rows, int[] unmatched, List<Party> others)
      throws InterruptedException {
    int[] flat =
        IntStream.concat(rows.stream().flatMapToInt(Arrays::stream), Arrays.stream(unmatched))
            .toArray();
    Table table = ids.table().select(flat);
    if (context.params().bool("new_sample_id")) {
      table = named(table, newIds(flat.length));
    }
    LongStream matched = rows.stream().mapToLong(of -> of.length);
    long[] counts =
        (leftJoin() ? LongStream.concat(matched, LongStream.of(unmatched.length)) : matched)
            .toArray();
    boolean told = context.params().bool("sync_intersect_ids");
    Batches batches = new Batches(flat.length);
    for (Party other : told ? others : List.<Party>of()) {
      context
          .federation()
          .send(other, MessageTag.of(IntersectionMessages.SAMPLE_COUNTS), Payload.ofLongs(counts));
      for (int batch = 0; batch < batches.size(); batch++) {
        context
            .federation()
            .send(
                other,
                MessageTag.of(IntersectionMessages.SAMPLE_IDS, batch),
                Payload.ofTexts(
                    Arrays.asList(table.ids()).subList(batches.from(batch), batches.to(batch))));
      }
    }
    return table;
  }

  /** Numbers behind a random text: they tell nothing, and differ from job to job. */
  private String[] newIds(int count) {
    String front = new BigInteger(NEW_ID_BITS, context.entropy()).toString(36) + '-';
    String[] fresh = new String[count];
    Arrays.setAll(fresh, i -> front + i);
    return fresh;
  }

  private Table receive(List<int[]> rows, Party generator) throws InterruptedException {
    long[] counts =
        context
            .federation()
            .receive(generator, MessageTag.of(IntersectionMessages.SAMPLE_COUNTS))
            .asLongs();
    requireCounts(generator, counts, rows.size());
    long total = 0;
    for (long count : counts) {
      total += Math.min(count, Integer.MAX_VALUE);
    }
    if (total > Integer.MAX_VALUE / Long.BYTES) {
      throw malformed(generator, "more samples than a table may have rows");
    }
    // Before anything of this size is made: what was only announced takes no memory.
    String[] names = names(generator, (int) total);
    int[] flat = new int[names.length];
    int repeated = 0;
    int at = 0;
    Arrays.fill(flat, GivenRows.NONE);
    for (int i = 0; i < rows.size(); i++) {
      int[] own = rows.get(i);
      repeated += own.length - 1;
      Arrays.fill(flat, at, at + (int) counts[i], own[own.length - 1]);
      at += (int) counts[i];
    }
    if (repeated > 0) {
      context
          .log()
          .warning(
              repeated
                  + " rows have a match id that a later row has, too; the last row of each is used");
    }
    if (at < flat.length) {
      context.log().info(flat.length - at + " rows have no values of this party");
    }
    return GivenRows.of(ids.table(), flat, names);
  }

  /** One for each common id, and with a left join the number of all other rows at the end. */
  private void requireCounts(Party generator, long[] counts, int common) {
    int expected = common + (leftJoin() ? 1 : 0);
    boolean possible =
        counts.length == expected
            && Arrays.stream(counts, 0, common).allMatch(count -> count >= 1)
            && Arrays.stream(counts, common, expected).allMatch(count -> count >= 0);
    if (!possible) {
      throw malformed(
          generator,
          counts.length
              + " counts of samples for "
              + common
              + " ids, expected "
              + expected
              + " that are possible; join_method must be the same at all parties");
    }
  }

  private String[] names(Party generator, int count) throws InterruptedException {
    Batches batches = new Batches(count);
    List<String> names = new ArrayList<>();
    for (int batch = 0; batch < batches.size(); batch++) {
      List<String> some =
          context
              .federation()
              .receive(generator, MessageTag.of(IntersectionMessages.SAMPLE_IDS, batch))
              .asTexts();
      if (some.size() != batches.sizeOf(batch)) {
        throw malformed(generator, some.size() + " sample ids, expected " + batches.sizeOf(batch));
      }
      names.addAll(some);
    }
    Set<String> distinct = new HashSet<>(names);
    if (distinct.size() != count || distinct.contains("")) {
      throw malformed(generator, "sample ids that are empty or occur twice");
    }
    return names.toArray(String[]::new);
  }

  private static Table named(Table table, String[] names) {
    return new Table(table.schema(), names, table.columns());
  }

  private static FedflowException malformed(Party generator, String found) {
    return FedflowException.peer(
        "intersection.message", "intersection with " + generator + ": found " + found);
  }
}
