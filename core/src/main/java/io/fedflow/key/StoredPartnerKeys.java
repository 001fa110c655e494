package io.fedflow.key;

import io.fedflow.data.BlobTexts;
import io.fedflow.party.Party;
import io.fedflow.spi.BlobStore;
import java.util.Optional;

/**
 * Keys in a blob store, one blob for each partner. Nothing is cached: all servers of a site that
 * share the store know the same. Thread-safe.
 */
public final class StoredPartnerKeys implements PartnerKeys {

  private static final String FOLDER = "partner-key/";

  private final BlobTexts texts;

  /** Keys kept here. */
  public StoredPartnerKeys(BlobStore blobs) {
    this.texts = new BlobTexts(blobs, "keys of partners");
  }

  @Override
  public boolean save(String partyId, String pem) {
    String key = key(partyId);
    RsaPem.read(pem);
    return texts.change(key, before -> Optional.of(pem)).isPresent();
  }

  @Override
  public Optional<String> find(String partyId) {
    return texts.read(key(partyId));
  }

  @Override
  public boolean delete(String partyId) {
    return texts.change(key(partyId), before -> Optional.empty()).isPresent();
  }

  private static String key(String partyId) {
    return FOLDER + Party.requireId(partyId);
  }
}
