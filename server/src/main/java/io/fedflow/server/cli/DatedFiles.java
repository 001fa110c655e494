package io.fedflow.server.cli;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Names of files that must not replace earlier ones. */
final class DatedFiles {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private DatedFiles() {}

  /** {@code <name>_<time>.json}, as FATE's clients call them. */
  static String now(String name) {
    return name + '_' + TIME.format(LocalDateTime.now()) + ".json";
  }
}
