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
    boolean replaced = texts.read(key).isPresent();
    texts.write(key, pem);
    return replaced;
  }

  @Override
  public Optional<String> find(String partyId) {
    return texts.read(key(partyId));
  }

  @Override
  public boolean delete(String partyId) {
    String key = key(partyId);
    boolean known = texts.read(key).isPresent();
    texts.delete(key);
    return known;
  }

  private static String key(String partyId) {
    return FOLDER + Party.requireId(partyId);
  }
}
