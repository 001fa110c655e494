package io.fedflow.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Names for what differs from run to run: the folder of the test, and ids in their order. */
final class Placeholders {

  /** Stands for the archive that was downloaded last. */
  static final String ARCHIVE = "${archive}";

  private static final String FOLDER = "${folder}";

  private final String folder;
  private final List<String> jobs = new ArrayList<>();

  Placeholders(Path folder) {
    this.folder = folder.toString();
  }

  /** The job or the version of a model that an answer names, if it is a new one. */
  void learn(Map<?, ?> answer) {
    Object version = answer.get("data") instanceof Map<?, ?> data ? data.get("model_version") : "";
    for (Object id : Arrays.asList(answer.get("jobId"), version)) {
      if (id instanceof String text && !text.isEmpty() && !jobs.contains(text)) {
        jobs.add(text);
      }
    }
  }

  /** All of them, in order. */
  List<String> jobs() {
    return List.copyOf(jobs);
  }

  /** Values become names. */
  String hide(String text) {
    String hidden = text.replace(folder, FOLDER);
    for (int i = 0; i < jobs.size(); i++) {
      hidden = hidden.replace(jobs.get(i), name(i));
    }
    return hidden;
  }

  /** Names become values. */
  String reveal(String text) {
    String revealed = text.replace(FOLDER, folder);
    for (int i = 0; i < jobs.size(); i++) {
      revealed = revealed.replace(name(i), jobs.get(i));
    }
    return revealed;
  }

  private static String name(int job) {
    return "${job" + (job + 1) + '}';
  }
}
