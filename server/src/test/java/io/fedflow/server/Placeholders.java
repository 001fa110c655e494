package io.fedflow.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Names for what differs from run to run: the folder of the test, and jobs in their order. */
final class Placeholders {

  /** Stands for the archive that was downloaded last. */
  static final String ARCHIVE = "${archive}";

  private static final String FOLDER = "${folder}";

  private final String folder;
  private final List<String> jobs = new ArrayList<>();

  Placeholders(Path folder) {
    this.folder = folder.toString();
  }

  /** The next job. */
  void job(String id) {
    if (!jobs.contains(id)) {
      jobs.add(id);
    }
  }

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
