package io.fedflow.transport.http.outside;

import io.fedflow.data.BlobTexts;
import io.fedflow.data.Digests;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.wire.Arguments;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Connectors: how tables of other systems are reached, under names that clients give. Passwords are
 * sealed before they are kept. Blocking; thread-safe.
 */
public final class StoredConnectors {

  private static final int MOST_CHARACTERS = 16 << 10;
  private static final int MOST_NAME = 100;

  private final BlobTexts texts;
  private final SecretBox secrets;
  private final JsonCodec codec;

  /** Connectors kept here. */
  public StoredConnectors(Keeping keeping, JsonCodec codec) {
    this.texts = new BlobTexts(keeping.blobs(), "connectors");
    this.secrets = keeping.secrets();
    this.codec = codec;
  }

  /**
   * A connector without its secrets.
   *
   * @param name what clients call it
   * @param engine FATE's name of the system, upper case
   * @param info the fields of an address; those of secrets are null
   */
  public record Connector(String name, String engine, Map<String, Object> info) {}

  /**
   * Keeps a connector in place of one of the same name.
   *
   * @param info the fields of an address, secrets included
   * @throws FedflowException {@code argument.type} (INVALID) if name or size is not allowed
   */
  void save(String name, String engine, Map<String, Object> info) {
    Map<String, Object> sealed = new LinkedHashMap<>();
    info.forEach(
        (field, value) -> {
          if (value != null && SecretFields.isSecret(field)) {
            sealed.put(field, secrets.seal(about(name, field), String.valueOf(value)));
          }
        });
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("connector_name", requireName(name));
    document.put("engine", engine);
    document.put("connector_info", SecretFields.without(info));
    document.put("sealed", sealed);
    String text = codec.write(document);
    if (text.length() > MOST_CHARACTERS) {
      throw FedflowException.invalid(
          "argument.type",
          "connector_info: found " + text.length() + " characters, allowed " + MOST_CHARACTERS);
    }
    texts.write(key(name), text);
  }

  /** A connector without its secrets; empty if there is none. */
  public Optional<Connector> find(String name) {
    return document(name)
        .map(
            kept ->
                new Connector(
                    kept.requiredText("connector_name"),
                    kept.requiredText("engine"),
                    kept.object("connector_info").orElse(Map.of())));
  }

  /**
   * A secret of a connector, for whoever connects; it is never shown.
   *
   * @throws FedflowException {@code secret.sealed} (INVALID) if this server cannot open it
   */
  public Optional<String> secret(String name, String field) {
    return document(name)
        .flatMap(kept -> kept.object("sealed"))
        .map(all -> all.get(field))
        .map(text -> secrets.open(about(name, field), String.valueOf(text)));
  }

  private Optional<Arguments> document(String name) {
    return texts.read(key(requireName(name))).map(text -> Arguments.of(codec.read(text)));
  }

  private static String about(String name, String field) {
    return name + '\n' + field;
  }

  private static String requireName(String name) {
    if (name.isBlank() || name.length() > MOST_NAME || name.chars().anyMatch(c -> c < ' ')) {
      throw FedflowException.invalid(
          "argument.type",
          "connector_name: found "
              + name.length()
              + " characters, allowed 1.."
              + MOST_NAME
              + " without control characters");
    }
    return name;
  }

  /** Names may hold what keys may not. */
  private static String key(String name) {
    MessageDigest digest = Digests.sha256();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    return "connector/" + Digests.hex(digest);
  }
}
