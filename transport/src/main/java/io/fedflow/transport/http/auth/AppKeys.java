package io.fedflow.transport.http.auth;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.SecretFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of the clients that may ask. Immutable; its text shows no secret. */
public final class AppKeys {

  private static final int MOST_BYTES = 1 << 20;
  private static final int SHORTEST_SECRET = 8;
  private static final Pattern LINE = Pattern.compile("([^\\s=:]+)\\s*[\\s=:]\\s*(\\S+)");

  private final Map<String, byte[]> secrets;

  private AppKeys(Map<String, byte[]> secrets) {
    this.secrets = secrets;
  }

  /**
   * Reads a file with a line {@code app-key secret} for each client; lines that are empty or begin
   * with {@code #} are passed over.
   *
   * @throws FedflowException {@code client-auth.file} naming the line and what is allowed, {@code
   *     identity.mode} if others than its owner may read the file
   */
  public static AppKeys read(Path file) {
    SecretFiles.requirePrivate(file);
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw wrong(file, "cannot be read: " + e);
    }
    if (content.length > MOST_BYTES) {
      throw wrong(file, "found more than " + MOST_BYTES + " bytes, allowed " + MOST_BYTES);
    }
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    String[] lines = new String(content, StandardCharsets.UTF_8).split("\\R");
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        add(file, i + 1, line, secrets);
      }
    }
    if (secrets.isEmpty()) {
      throw wrong(file, "found no keys, expected lines 'app-key secret'");
    }
    return new AppKeys(secrets);
  }

  private static void add(Path file, int number, String line, Map<String, byte[]> secrets) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      // Whatever stands there may be a secret.
      throw wrong(file, "line " + number + ": expected 'app-key secret'");
    }
    if (matcher.group(2).length() < SHORTEST_SECRET) {
      throw wrong(
          file,
          "line "
              + number
              + ": found a secret of "
              + matcher.group(2).length()
              + " characters, allowed "
              + SHORTEST_SECRET
              + " or more");
    }
    byte[] secret = matcher.group(2).getBytes(StandardCharsets.UTF_8);
    if (secrets.put(matcher.group(1), secret) != null) {
      throw wrong(file, "line " + number + ": found the app key of an earlier line again");
    }
  }

  /** The secret of a client; not copied. */
  Optional<byte[]> secret(String appKey) {
    return Optional.ofNullable(secrets.get(appKey));
  }

  /** Whether the same clients have the same secrets there. */
  public boolean sameAs(AppKeys other) {
    boolean same = secrets.keySet().equals(other.secrets.keySet());
    for (Map.Entry<String, byte[]> each : secrets.entrySet()) {
      byte[] there = other.secrets.getOrDefault(each.getKey(), new byte[0]);
      same &= MessageDigest.isEqual(each.getValue(), there);
    }
    return same;
  }

  /** How many clients there are. */
  public int size() {
    return secrets.size();
  }

  @Override
  public String toString() {
    return "AppKeys" + secrets.keySet();
  }

  private static FedflowException wrong(Path file, String why) {
    return FedflowException.invalid("client-auth.file", "--client-auth: " + file + ": " + why);
  }
}
