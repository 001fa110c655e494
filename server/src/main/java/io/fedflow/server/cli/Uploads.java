package io.fedflow.server.cli;

import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.Submission;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loads files as tables. */
final class Uploads {

  private Uploads() {}

  /** Uploads a file with a header line and waits until it is a table. */
  static JobEnd upload(FlowHttpClient site, Path file, String namespace, String name, int head)
      throws InterruptedException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("namespace", namespace);
    settings.put("table_name", name);
    settings.put("head", head);
    settings.put("partition", 1);
    settings.put("drop", 1);
    Submission accepted = site.blocking().upload(file, settings);
    return JobWatch.follow(List.of(site), accepted.jobId(), ProgressView.none());
  }
}
