package io.fedflow.server;

import io.fedflow.audit.Actor;
import io.fedflow.audit.AuditEvent.Outcome;
import io.fedflow.audit.AuditTrail;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.failure.FedflowException;
import io.fedflow.policy.PolicyReader;
import io.fedflow.policy.SitePolicy;
import io.fedflow.spi.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The site's policy in a file, which may change while the server runs. An edit that is not good
 * changes nothing: the rules stay as they were, and the logs say so once. Thread-safe; reads the
 * file at every look, so that an edit holds for the very next job.
 */
final class PolicyFile {

  private static final Logger LOG = System.getLogger(PolicyFile.class.getName());

  private static final int MOST_BYTES = 1 << 20;

  private final Path path;
  private final JsonCodec codec;
  private final ComponentCatalog catalog;
  private final AuditTrail audit;
  private SitePolicy policy;
  private String seen;

  /**
   * Reads the file for the first time.
   *
   * @throws FedflowException {@code policy.unreadable}, or with all problems of the file
   */
  PolicyFile(Path path, JsonCodec codec, ComponentCatalog catalog, AuditTrail audit) {
    this.path = path;
    this.codec = codec;
    this.catalog = catalog;
    this.audit = audit;
    this.seen = text();
    this.policy = PolicyReader.read(codec.read(seen), catalog);
    loaded();
  }

  /** The rules that hold now. Blocking. */
  synchronized SitePolicy current() {
    String before = seen;
    try {
      String now = text();
      if (!now.equals(before)) {
        seen = now;
        policy = PolicyReader.read(codec.read(now), catalog);
        loaded();
      }
    } catch (FedflowException notGood) {
      complain(before, notGood);
    }
    return policy;
  }

  private void loaded() {
    LOG.log(Level.INFO, () -> "policy of " + policy.rules().size() + " rules from " + path);
    note(Outcome.DONE, policy.rules().size() + " rules");
  }

  private void complain(String before, FedflowException notGood) {
    String trouble = "trouble: " + notGood.getMessage();
    if (notGood.code().equals("policy.unreadable")) {
      if (trouble.equals(before)) {
        return;
      }
      seen = trouble;
    }
    LOG.log(
        Level.ERROR,
        () -> "the policy file is not good, the rules stay as they were: " + notGood.getMessage());
    note(Outcome.REFUSED, "the rules stay as they were: " + notGood.getMessage());
  }

  private void note(Outcome outcome, String detail) {
    audit
        .note(Actor.SITE, "policy.load", path.getFileName().toString(), outcome, detail)
        .whenComplete(
            (noted, failed) -> {
              if (failed != null) {
                LOG.log(Level.ERROR, () -> "the audit log lacks a change of the policy: " + failed);
              }
            });
  }

  private String text() {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw FedflowException.invalid(
            "policy.unreadable",
            path + ": found more than " + MOST_BYTES + " bytes, allowed at most so many");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw FedflowException.invalid(
          "policy.unreadable", path + ": cannot be read: " + unreadable.getMessage());
    }
  }
}
