package io.fedflow.permission;

import io.fedflow.data.BlobTexts;
import io.fedflow.data.TableNames;
import io.fedflow.party.Party;
import io.fedflow.spi.BlobStore;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Permissions in a blob store, one blob for each party: nothing is cached, so that all servers of a
 * site that share the store obey at once, and what two of them change in the same moment is both
 * kept. Thread-safe.
 */
public final class StoredPermissions implements PermissionManager {

  private static final String FOLDER = "permission/";

  private final BlobTexts texts;

  /** Permissions kept here. */
  public StoredPermissions(BlobStore blobs) {
    this.texts = new BlobTexts(blobs, "permissions");
  }

  @Override
  public Grants of(String partyId) {
    return texts.read(key(partyId)).map(GrantsText::read).orElse(Grants.NONE);
  }

  @Override
  public void grant(String partyId, Grants more) {
    more.tables()
        .forEach(
            table -> {
              TableNames.check("namespace", table.namespace());
              TableNames.check("name", table.name());
            });
    change(partyId, grants -> grants.plus(more));
  }

  @Override
  public void revoke(String partyId, Grants less) {
    change(partyId, grants -> grants.minus(less));
  }

  private void change(String partyId, UnaryOperator<Grants> how) {
    texts.change(
        key(partyId),
        text -> {
          Grants before = text.map(GrantsText::read).orElse(Grants.NONE);
          Grants after = how.apply(before);
          if (after.isEmpty()) {
            return Optional.empty();
          }
          return after.equals(before) ? text : Optional.of(GrantsText.write(after));
        });
  }

  private static String key(String partyId) {
    return FOLDER + Party.requireId(partyId);
  }
}
