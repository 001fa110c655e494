package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Address and keys of a server, from FATE's own configuration file of it. */
final class ServerConfFile {

  private ServerConfFile() {}

  /**
   * Reads {@code service_conf.yaml}. Whole sections of a file {@code local.<name>} beside it go
   * over those of the file itself.
   *
   * @throws FedflowException {@code file.unreadable}, {@code file.yaml} or {@code init.conf}
   */
  static ClientSettings read(Path file) {
    Map<String, Object> sections = new LinkedHashMap<>(sections(file));
    Path local = file.resolveSibling("local." + file.getFileName());
    if (Files.exists(local)) {
      sections.putAll(sections(local));
    }
    Tree conf = new Tree(sections);
    Tree flow = conf.at("fateflow");
    String host = flow.at("host").text();
    String port = flow.at("http_port").text();
    if (host.isEmpty() || port.isEmpty()) {
      throw FedflowException.invalid(
          "init.conf", file + ": found no fateflow/host or no fateflow/http_port, expected both");
    }
    Tree client = conf.at("authentication", "client");
    Tree keys = client.at("switch").text().equals("true") ? client : flow;
    return new ClientSettings(
        "http://" + host + ':' + port,
        keys.at("http_app_key").text(),
        keys.at("http_secret_key").text());
  }

  private static Map<String, Object> sections(Path file) {
    return YamlSections.read(file.toString(), Documents.text(file));
  }
}
