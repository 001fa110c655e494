package io.fedflow.worker;

import java.lang.management.ManagementFactory;
import java.util.List;

/** Which flags of this process its workers get: those that say how to compute, not where to log. */
final class InheritedFlags {

  private static final List<String> WANTED =
      List.of(
          "-D",
          "--add-modules",
          "--add-opens",
          "--add-exports",
          "--enable-native-access",
          "--enable-preview",
          "-Xshare:",
          "-XX:SharedArchiveFile=",
          "-XX:+Use",
          "-XX:-Use");

  /** A second process would take the first one's port or file. */
  private static final List<String> UNWANTED =
      List.of("-Dcom.sun.management.", "-Djava.rmi.", "-Djava.class.path=");

  private InheritedFlags() {}

  static List<String> ofThisProcess() {
    return suited(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  static List<String> suited(List<String> flags) {
    return flags.stream()
        .filter(flag -> WANTED.stream().anyMatch(flag::startsWith))
        .filter(flag -> UNWANTED.stream().noneMatch(flag::startsWith))
        .toList();
  }
}
