package io.fedflow.transport.bucket;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.SecretFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What opens a bucket. Immutable; its text shows no secret.
 *
 * @param accessKey names whose requests these are; no secret
 * @param secretKey signs them
 * @param sessionToken goes with keys that were lent for a while
 */
public record BucketKeys(String accessKey, String secretKey, Optional<String> sessionToken) {

  private static final int MOST_BYTES = 1 << 20;
  private static final String ID = "aws_access_key_id";
  private static final String SECRET = "aws_secret_access_key";
  private static final String TOKEN = "aws_session_token";

  /**
   * The keys of a bucket in a file as AWS's own programs read it: sections in brackets, and lines
   * {@code name = value}. The section is called as the bucket, or {@code default}.
   *
   * @throws FedflowException {@code bucket.keys}, naming the line or the section that is missing,
   *     or that others than its owner may read the file; never the path, which jobs' causes would
   *     show
   */
  public static BucketKeys read(Path file, String bucket) {
    try {
      SecretFiles.requirePrivate(file);
    } catch (FedflowException shared) {
      throw wrong(
          shared.code().equals("identity.mode")
              ? "others than its owner may read the file of keys, allowed is mode 600"
              : "the file of keys cannot be read");
    }
    Map<String, Map<String, String>> sections = sections(file);
    String section = sections.containsKey(bucket) ? bucket : "default";
    Map<String, String> values = sections.get(section);
    if (values == null) {
      throw wrong(
          "the file of keys has no section [" + bucket + "], and no section [default] either");
    }
    return of(
        values.get(ID),
        values.get(SECRET),
        values.get(TOKEN),
        "section [" + section + "] of the file of keys needs " + ID + " and " + SECRET);
  }

  /**
   * The keys in AWS's usual environment variables.
   *
   * @throws FedflowException {@code bucket.keys} if they are not there
   */
  public static BucketKeys environment(Map<String, String> variables) {
    return of(
        variables.get("AWS_ACCESS_KEY_ID"),
        variables.get("AWS_SECRET_ACCESS_KEY"),
        variables.get("AWS_SESSION_TOKEN"),
        "the server was started without --model-bucket-keys, so it needs AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY in its environment");
  }

  private static BucketKeys of(String id, String secret, String token, String otherwise) {
    if (id == null || secret == null || id.isBlank() || secret.isBlank()) {
      throw wrong(otherwise);
    }
    if (!id.matches("[\\x21-\\x7e&&[^,/]]{1,200}")) {
      throw wrong(
          "found an access key id that is no word of 1..200 characters without ',' and '/'");
    }
    return new BucketKeys(
        id, secret, Optional.ofNullable(token).filter(text -> text.matches("[\\x21-\\x7e]+")));
  }

  private static Map<String, Map<String, String>> sections(Path file) {
    Map<String, Map<String, String>> sections = new HashMap<>();
    Map<String, String> section = null;
    String[] lines = text(file).split("\\R");
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      int equals = line.indexOf('=');
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section =
            sections.computeIfAbsent(
                line.substring(1, line.length() - 1).strip(), name -> new HashMap<>());
      } else if (section != null && equals > 0) {
        section.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      } else {
        // Whatever stands there may be a secret.
        throw wrong("line " + (i + 1) + " of the file of keys: expected [section] or name = value");
      }
    }
    return sections;
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw wrong("found more than " + MOST_BYTES + " bytes in the file of keys");
      }
      return new String(content, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw wrong("the file of keys cannot be read");
    }
  }

  private static FedflowException wrong(String why) {
    return FedflowException.invalid("bucket.keys", "keys of buckets: " + why);
  }

  @Override
  public String toString() {
    return "BucketKeys[" + accessKey + "]";
  }
}
