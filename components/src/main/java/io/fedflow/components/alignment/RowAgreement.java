package io.fedflow.components.alignment;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.federation.Protection;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/**
 * Makes guest and hosts name the same rows by the same positions. Every party sorts its table by
 * id; the parties then compare row counts and a keyed digest of the sorted ids, so that no id and
 * no plain hash of an id crosses. Stateless; thread-safe.
 *
 * <p>A component that uses it adds {@link #MESSAGES} to its descriptor and calls {@link #align} at
 * the guest and at every host, with equal round numbers. An arbiter takes no part.
 */
public final class RowAgreement {

  private static final String KEY = "row_agreement_key";
  private static final String COUNT = "row_agreement_count";
  private static final String DIGEST = "row_agreement_digest";
  private static final int KEY_BYTES = 32;
  private static final Set<Role> DATA_ROLES = Set.of(Role.GUEST, Role.HOST);

  /** The messages that {@link #align} sends; part of the descriptor of every component using it. */
  public static final List<MessageDeclaration> MESSAGES =
      List.of(
          MessageDeclaration.masked(
              KEY, Role.GUEST, Role.HOST, "nothing: a fresh random key for the digests"),
          new MessageDeclaration(
              COUNT,
              Protection.PUBLIC,
              null,
              DATA_ROLES,
              DATA_ROLES,
              "how many rows the sender has"),
          new MessageDeclaration(
              DIGEST,
              Protection.MASKED,
              null,
              DATA_ROLES,
              DATA_ROLES,
              "whether the sender's whole id list equals one that the receiver knows"));

  private RowAgreement() {}

  /**
   * Sorts a table by id and checks that every other data party holds the same ids.
   *
   * @param context the task of a guest or host
   * @param table any order of rows; not changed
   * @param round tells several agreements of one task apart, for example train and validate data;
   *     not negative and equal at all parties
   * @return the rows in the order that all data parties share
   * @throws FedflowException {@code alignment.rows} (INVALID) if a party holds other ids, of kind
   *     PEER if a message is malformed
   * @throws InterruptedException if the task was stopped meanwhile
   * @throws IllegalStateException at a party that is neither guest nor host
   */
  public static Table align(TaskContext context, Table table, int round)
      throws InterruptedException {
    Role role = context.self().role();
    if (!DATA_ROLES.contains(role)) {
      throw new IllegalStateException("a " + role + " holds no rows to agree on");
    }
    Table sorted = table.sortedById();
    List<Party> guests = context.federation().parties(Role.GUEST);
    List<Party> hosts = context.federation().parties(Role.HOST);
    List<Party> peers = role.equals(Role.GUEST) ? hosts : guests;
    byte[] key =
        role.equals(Role.GUEST)
            ? shareKey(context, hosts, round)
            : receiveKey(context.federation(), guests.get(0), round);
    byte[] digest = SortedIdDigest.of(sorted.ids(), key);
    // Everybody sends before anybody waits: both sides see a mismatch themselves.
    for (Party peer : peers) {
      context
          .federation()
          .send(peer, MessageTag.of(COUNT, round), Payload.ofLongs(sorted.rowCount()));
      context.federation().send(peer, MessageTag.of(DIGEST, round), Payload.ofBytes(digest));
    }
    for (Party peer : peers) {
      compare(context, peer, sorted.rowCount(), digest, round);
    }
    return sorted;
  }

  private static byte[] shareKey(TaskContext context, List<Party> hosts, int round)
      throws InterruptedException {
    byte[] key = new byte[KEY_BYTES];
    context.entropy().nextBytes(key);
    context.federation().sendAll(hosts, MessageTag.of(KEY, round), Payload.ofBytes(key));
    return key;
  }

  private static byte[] receiveKey(Federation federation, Party guest, int round)
      throws InterruptedException {
    byte[] key = federation.receive(guest, MessageTag.of(KEY, round)).as(Payload.Format.BYTES);
    if (key.length != KEY_BYTES) {
      throw malformed(guest, "a key of " + key.length + " bytes, expected " + KEY_BYTES);
    }
    return key;
  }

  private static void compare(
      TaskContext context, Party peer, int ownCount, byte[] ownDigest, int round)
      throws InterruptedException {
    Federation federation = context.federation();
    long[] counts = federation.receive(peer, MessageTag.of(COUNT, round)).asLongs();
    if (counts.length != 1 || counts[0] < 0) {
      throw malformed(peer, counts.length + " row counts, expected one that is not negative");
    }
    byte[] digest = federation.receive(peer, MessageTag.of(DIGEST, round)).as(Payload.Format.BYTES);
    if (counts[0] != ownCount || !MessageDigest.isEqual(digest, ownDigest)) {
      throw FedflowException.invalid(
          "alignment.rows",
          "rows do not agree: "
              + context.self()
              + " has "
              + ownCount
              + " rows, "
              + peer
              + " has "
              + counts[0]
              + " rows"
              + (counts[0] == ownCount ? " with other ids" : "")
              + "; add an Intersection component before "
              + context.task().component());
    }
  }

  private static FedflowException malformed(Party peer, String found) {
    return FedflowException.peer(
        "alignment.message", "row agreement with " + peer + ": found " + found);
  }
}
