package io.fedflow.components.intersection;

import io.fedflow.component.Params;
import io.fedflow.components.crypto.TextHash;
import java.util.List;

/**
 * How an intersection by commutative masks runs; guest and hosts must agree. Immutable.
 *
 * @param method {@link #ECDH} or {@link #DH}
 * @param hash of id and salt
 * @param keyBits length of the prime; 0 on the curve
 * @param countOnly whether only the number of common ids is found
 * @param sync whether hosts receive the result
 * @param matchIds whether rows are matched by another column than their id
 * @param cache what the run has to do with a cache
 */
record MaskSettings(
    String method,
    IdHash hash,
    int keyBits,
    boolean countOnly,
    boolean sync,
    boolean matchIds,
    CacheUse cache)
    implements Settings {

  static final String ECDH = "ecdh";
  static final String DH = "dh";

  /** Reads a checked conf of one of the two methods, for a run that is not on a cache. */
  static MaskSettings of(Params params, boolean matchIds) {
    boolean countOnly = params.bool("cardinality_only");
    String method = IntersectionParameters.method(params);
    Params own = params.object(method + "_params");
    return new MaskSettings(
        method,
        new IdHash(own.text("hash_method"), own.text("salt")),
        method.equals(DH) ? own.integer("key_length") : 0,
        countOnly,
        params.bool(countOnly ? "sync_cardinality" : "sync_intersect_ids"),
        matchIds,
        params.bool("run_cache") ? CacheUse.MADE : CacheUse.NONE);
  }

  @Override
  public MaskSettings forRun(boolean synced) {
    return new MaskSettings(method, hash, keyBits, false, synced, matchIds, CacheUse.USED);
  }

  @Override
  public List<String> shared() {
    return List.of(
        "method=" + method,
        "hash_method=" + hash.name(),
        "key_length=" + keyBits,
        "cardinality_only=" + countOnly,
        "sync=" + sync,
        "with_match_id=" + matchIds,
        "cache=" + cache,
        "hash of salt=" + TextHash.named("sha256").hex(hash.salt()));
  }
}
