package io.fedflow.components.intersection;

import io.fedflow.component.Params;
import io.fedflow.components.crypto.TextHash;
import java.util.List;

/**
 * How an RSA intersection runs; guest and hosts must agree on all but the key's length, and a party
 * takes no key that is shorter than its own would be. Immutable.
 *
 * @param salt appended to every id
 * @param hashName first hash, of id and salt
 * @param finalHashName hash of signatures
 * @param split whether guest and hosts share the signing
 * @param sync whether hosts receive the result
 * @param keyBits length of a modulus
 * @param matchIds whether rows are matched by another column than their id
 * @param cache what the run has to do with a cache
 */
record RsaSettings(
    String salt,
    String hashName,
    String finalHashName,
    boolean split,
    boolean sync,
    int keyBits,
    boolean matchIds,
    CacheUse cache)
    implements Settings {

  /** Reads a checked conf of a run that is not on a cache. */
  static RsaSettings of(Params params, boolean matchIds) {
    Params rsa = params.object("rsa_params");
    boolean sync = params.bool("sync_intersect_ids");
    return new RsaSettings(
        rsa.text("salt"),
        rsa.text("hash_method"),
        rsa.text("final_hash_method"),
        rsa.bool("split_calculation") && sync,
        sync,
        rsa.integer("key_length"),
        matchIds,
        params.bool("run_cache") ? CacheUse.MADE : CacheUse.NONE);
  }

  @Override
  public String method() {
    return IntersectionParameters.RSA;
  }

  @Override
  public RsaSettings forRun(boolean synced) {
    return new RsaSettings(
        salt, hashName, finalHashName, false, synced, keyBits, matchIds, CacheUse.USED);
  }

  @Override
  public List<String> shared() {
    return List.of(
        "hash_method=" + hashName,
        "final_hash_method=" + finalHashName,
        "split_calculation=" + split,
        "sync_intersect_ids=" + sync,
        "with_match_id=" + matchIds,
        "cache=" + cache,
        "hash of salt=" + TextHash.named("sha256").hex(salt));
  }
}
