package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which server commands ask and how they sign, kept by {@code init} for later commands.
 *
 * @param server {@code http://host:port}; empty for the usual one
 * @param appKey names the client; empty for none
 * @param secretKey belongs to it; empty for none
 */
record ClientSettings(String server, String appKey, String secretKey) {

  static final ClientSettings NONE = new ClientSettings("", "", "");

  /** Names another file, for whoever asks several servers. */
  static final String FILE_VARIABLE = "FEDFLOW_CLIENT_SETTINGS";

  /** Where they are kept: a file of this user alone, since it holds a secret. */
  static Path file() {
    String named = System.getProperty("fedflow.client.settings", System.getenv(FILE_VARIABLE));
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    String configs = System.getenv("XDG_CONFIG_HOME");
    Path folder =
        configs == null || configs.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(configs);
    return folder.resolve("fedflow").resolve("client.json");
  }

  /**
   * What is kept; nothing if there is no file.
   *
   * @throws FedflowException {@code file.unreadable} or {@code file.json}
   */
  static ClientSettings read() {
    Path file = file();
    if (!Files.exists(file)) {
      return NONE;
    }
    Tree tree = new Tree(Documents.read(file));
    return new ClientSettings(
        tree.at("server").text(), tree.at("app_key").text(), tree.at("secret_key").text());
  }

  /** Keeps these in place of earlier ones. */
  void write() throws IOException {
    Path file = file().toAbsolutePath();
    Files.createDirectories(file.getParent());
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("server", server);
    tree.put("app_key", appKey);
    tree.put("secret_key", secretKey);
    Path fresh = Files.createTempFile(file.getParent(), "client-", ".json");
    if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(fresh, PrettyJson.write(tree));
    Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** Keeps none any more. */
  static void forget() throws IOException {
    Files.deleteIfExists(file());
  }

  /** For people and programs; without the secret. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("server", server);
    tree.put("app_key", appKey);
    tree.put("signs", !secretKey.isEmpty());
    tree.put("file", file().toString());
    return tree;
  }
}
