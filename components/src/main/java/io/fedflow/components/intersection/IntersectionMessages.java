package io.fedflow.components.intersection;

import static io.fedflow.party.Role.GUEST;
import static io.fedflow.party.Role.HOST;

import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.Protection;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Set;

/** The messages of all protocols; see the package's table of what each party learns. */
final class IntersectionMessages {

  static final String SETTINGS = "settings";
  static final String PUBLIC_KEY = "public_key";
  static final String ID_COUNT = "id_count";
  static final String SIGNED_IDS = "signed_ids";
  static final String BLINDED_IDS = "blinded_ids";
  static final String BLIND_SIGNATURES = "blind_signatures";
  static final String EVEN_MATCHES = "even_matches";
  static final String MASKED_IDS = "masked_ids";
  static final String TWICE_MASKED_IDS = "twice_masked_ids";
  static final String CACHE_ID = "cache_id";
  static final String EXCHANGED_IDS = "exchanged_ids";
  static final String RELAYED_IDS = "relayed_ids";
  static final String RESULT = "result";
  static final String CARDINALITY = "cardinality";
  static final String SAMPLE_COUNTS = "sample_counts";
  static final String SAMPLE_IDS = "sample_ids";

  private static final Set<Role> BOTH = Set.of(GUEST, HOST);

  static final List<MessageDeclaration> ALL =
      List.of(
          MessageDeclaration.open(
              SETTINGS,
              GUEST,
              HOST,
              "names of the hashes, a hash of the salt, the variant, what it has to do with a cache"),
          MessageDeclaration.open(
              CACHE_ID,
              GUEST,
              HOST,
              "the random name of the cache that is made or run on: which runs are on the same one"),
          bothWays(PUBLIC_KEY, Protection.PUBLIC, "the signer's public key"),
          bothWays(ID_COUNT, Protection.PUBLIC, "how many ids the sender brings"),
          bothWays(
              SIGNED_IDS,
              Protection.MASKED,
              "which of its own ids the signer has, once their signatures came"),
          bothWays(BLINDED_IDS, Protection.MASKED, "nothing: uniform numbers"),
          bothWays(BLIND_SIGNATURES, Protection.MASKED, "signatures of its own ids"),
          MessageDeclaration.open(
              EVEN_MATCHES, HOST, GUEST, "which of its own even-hashed ids the host has"),
          bothWays(MASKED_IDS, Protection.MASKED, "nothing: points or powers under a secret"),
          new MessageDeclaration(
              TWICE_MASKED_IDS,
              Protection.MASKED,
              null,
              Set.of(HOST),
              Set.of(GUEST),
              "which of its own ids the host has; with cardinality_only how many"),
          new MessageDeclaration(
              EXCHANGED_IDS,
              Protection.MASKED,
              null,
              Set.of(HOST),
              Set.of(GUEST),
              "on a cache: which of its own ids the host has, and these ids under the host's mask,"
                  + " which is the same as long as the cache is used"),
          bothWays(
              RELAYED_IDS,
              Protection.MASKED,
              "hosts nothing: ids of others under masks of others; the guest, with cardinality_only"
                  + " and several hosts, how many ids any of the parties have in common"),
          MessageDeclaration.open(
              CARDINALITY, GUEST, HOST, "how many of its ids the guest has, if that is synced"),
          MessageDeclaration.open(
              RESULT, GUEST, HOST, "which of its own ids are in the intersection"),
          bothWays(
              SAMPLE_COUNTS,
              Protection.PUBLIC,
              "how many rows the sender has of each match id in the intersection"),
          bothWays(
              SAMPLE_IDS,
              Protection.PUBLIC,
              "the sender's row ids of common match ids; with new_sample_id fresh ones in their"
                  + " place"));

  private IntersectionMessages() {}

  private static MessageDeclaration bothWays(String name, Protection protection, String learns) {
    return new MessageDeclaration(name, protection, null, BOTH, BOTH, learns);
  }
}
