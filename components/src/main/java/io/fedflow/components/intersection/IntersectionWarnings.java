package io.fedflow.components.intersection;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.RsaPublicKey;

/** Tells in a task's log which parameters do something else than they seem to. */
final class IntersectionWarnings {

  private IntersectionWarnings() {}

  /**
   * Writes them.
   *
   * @param matchIds whether the rows have match ids
   * @param settings of the run
   */
  static void write(TaskContext context, boolean matchIds, Settings settings) {
    Params params = context.params();
    if (!matchIds && params.bool("new_sample_id")) {
      context.log().warning("new_sample_id is of no effect: the rows have no match ids");
    }
    IntersectionParameters.DEPRECATED.stream()
        .filter(params::isUserFed)
        .forEach(name -> context.log().warning("parameter " + name + " is deprecated; ignored"));
    if (params.text("intersect_method").equals(IntersectionParameters.RAW)) {
      context
          .log()
          .warning(
              "intersect_method raw would show ids, or hashes that can be guessed: it runs as ecdh");
    }
    if (params.bool("cardinality_only")
        && params.text("cardinality_method").equals(IntersectionParameters.RSA)) {
      context
          .log()
          .warning(
              "cardinality_method rsa would show which ids are common, not only how many: it runs as"
                  + " ecdh");
    }
    if (params.bool("run_preprocess")) {
      context
          .log()
          .warning(
              "run_preprocess runs no filter: the other side could try out ids on it; the result is"
                  + " the same");
    }
    if (settings.cache() == CacheUse.USED) {
      context
          .log()
          .info(
              "runs on a cache: its method "
                  + settings.method()
                  + " and its hashes count, whatever the parameters say");
      return;
    }
    if (settings.method().equals(IntersectionParameters.RSA)) {
      warnOfRsa(context, params.object("rsa_params"));
    }
    if (settings.method().equals(MaskSettings.DH)) {
      warnOfShort(context, "dh_params", params.object("dh_params").integer("key_length"));
    }
  }

  private static void warnOfRsa(TaskContext context, Params rsa) {
    if (!rsa.isNull("random_base_fraction") || rsa.isUserFed("random_bit")) {
      context
          .log()
          .warning(
              "random_base_fraction and random_bit do not weaken the blinding: every id gets a"
                  + " factor of its own, as long as the modulus");
    }
    if (rsa.bool("split_calculation") && !context.params().bool("sync_intersect_ids")) {
      context
          .log()
          .warning(
              "split_calculation is of no effect while sync_intersect_ids is false: hosts would find"
                  + " half of the result themselves");
    }
    warnOfShort(context, "rsa_params", rsa.integer("key_length"));
  }

  private static void warnOfShort(TaskContext context, String object, int bits) {
    if (bits < RsaPublicKey.DEFAULT_BITS) {
      context
          .log()
          .warning(
              object
                  + ".key_length "
                  + bits
                  + " is short; "
                  + RsaPublicKey.DEFAULT_BITS
                  + " or more is recommended");
    }
  }
}
