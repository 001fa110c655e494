package io.fedflow.permission;

import io.fedflow.data.BlobTexts;
import io.fedflow.data.TableNames;
import io.fedflow.party.Party;
import io.fedflow.spi.BlobStore;
import java.util.function.UnaryOperator;

/**
 * Permissions in a blob store, one blob for each party: nothing is cached, so that all servers of a
 * site that share the store obey at once. Thread-safe within one server; of two servers that change
 * one party's permissions in the same moment, one change may be lost.
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

  private synchronized void change(String partyId, UnaryOperator<Grants> how) {
    Grants before = of(partyId);
    Grants after = how.apply(before);
    if (after.isEmpty()) {
      texts.delete(key(partyId));
    } else if (!after.equals(before)) {
      texts.write(key(partyId), GrantsText.write(after));
    }
  }

  private static String key(String partyId) {
    return FOLDER + Party.requireId(partyId);
  }
}
