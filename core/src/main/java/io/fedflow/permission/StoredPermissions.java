package io.fedflow.permission;

import io.fedflow.data.TableNames;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Permissions in a blob store, one blob for each party: nothing is cached, so that all servers of a
 * site that share the store obey at once. Thread-safe within one server; of two servers that change
 * one party's permissions in the same moment, one change may be lost.
 */
public final class StoredPermissions implements PermissionManager {

  private static final String FOLDER = "permission/";

  private final BlobStore blobs;

  /** Permissions kept here. */
  public StoredPermissions(BlobStore blobs) {
    this.blobs = blobs;
  }

  @Override
  public Grants of(String partyId) {
    String key = key(partyId);
    try (InputStream in = blobs.read(key)) {
      return GrantsText.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FedflowException unknown) {
      if (unknown.code().equals("blob.unknown")) {
        return Grants.NONE;
      }
      throw unknown;
    } catch (IOException failed) {
      throw unavailable("read", partyId, failed);
    }
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
    try {
      if (after.isEmpty()) {
        blobs.delete(key(partyId));
      } else if (!after.equals(before)) {
        byte[] bytes = GrantsText.write(after).getBytes(StandardCharsets.UTF_8);
        blobs.write(key(partyId), out -> out.write(bytes));
      }
    } catch (IOException failed) {
      throw unavailable("write", partyId, failed);
    }
  }

  private static String key(String partyId) {
    if (!Party.isId(partyId)) {
      throw FedflowException.invalid(
          "party.id",
          "party_id: found '"
              + partyId
              + "', allowed 1..50 letters, digits, '_', '-' and '.', no '.' first");
    }
    return FOLDER + partyId;
  }

  private static FedflowException unavailable(String verb, String partyId, IOException cause) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        "blob.io",
        "cannot " + verb + " the permissions of party " + partyId + ": " + cause.getMessage(),
        cause);
  }
}
