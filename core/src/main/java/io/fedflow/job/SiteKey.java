package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.data.BlobFailure;
import io.fedflow.data.SealedText;
import io.fedflow.party.Party;
import io.fedflow.spi.BlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of the site, from which tasks get keys that no peer knows and that are the same when a
 * task is repeated. Made at first use and kept in the site's store, so that all servers of a site
 * have the same one; it never leaves the site. Blocking at first use; thread-safe.
 */
public final class SiteKey {

  /** Where it is kept. */
  static final String BLOB = "site/own-key";

  private static final int BYTES = 32;
  private static final String MAC = "HmacSHA256";

  private final BlobStore blobs;
  private final SecureRandom entropy;
  private byte[] secret;

  /**
   * The key of the site that has these blobs.
   *
   * @param entropy the source of a new one
   */
  public SiteKey(BlobStore blobs, SecureRandom entropy) {
    this.blobs = blobs;
    this.entropy = entropy;
  }

  /**
   * The key of one party's part of a task: it follows from the site's secret, the party, the
   * component's name and the seed, not from the job's number.
   *
   * @param seed of the task
   * @return 32 bytes
   * @throws io.fedflow.failure.FedflowException {@code site-key.io} if the store failed, {@code
   *     text.damaged} (INVALID) if what it keeps is not what was written
   */
  byte[] of(TaskId task, Party party, long seed) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret(), MAC));
      mac.update((party + "\n" + task.component() + "\n").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + MAC, e);
    }
  }

  private synchronized byte[] secret() {
    try {
      while (secret == null) {
        byte[] stored = blobs.readWhole(BLOB);
        if (stored == null) {
          byte[] fresh = new byte[BYTES];
          entropy.nextBytes(fresh);
          // Whoever was quicker, another server of the site too, has made it.
          blobs.exchange(BLOB, null, SealedText.seal(HexFormat.of().formatHex(fresh)));
        } else {
          secret = HexFormat.of().parseHex(SealedText.open(stored, "the site's own key"));
        }
      }
      return secret;
    } catch (IOException failed) {
      throw BlobFailure.of("cannot get the site's own key", "site-key.io", failed);
    }
  }

  /** Tells nothing of it. */
  @Override
  public String toString() {
    return "site key";
  }
}
