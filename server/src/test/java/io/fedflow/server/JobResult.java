package io.fedflow.server;

import io.fedflow.Fedflow;
import io.fedflow.component.TaskId;
import io.fedflow.job.TaskRow;
import io.fedflow.model.ModelFile;
import io.fedflow.spi.TaskQuery;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a job made at a site, to be compared with what another run of it made. */
final class JobResult {

  private JobResult() {}

  /** Models and metric points of the attempts that succeeded, by component and party. */
  static Map<String, String> of(Fedflow site, String jobId) throws Exception {
    Map<String, String> all = new TreeMap<>();
    for (TaskRow row : Await.result(site.tracking().tasks(TaskQuery.ofJob(jobId)))) {
      TaskId task = row.task();
      if (row.status().good()) {
        String key = task.component() + " at " + row.party();
        site.models()
            .load(jobId, row.party(), task.component())
            .ifPresent(
                model ->
                    all.put("model of " + key, HexFormat.of().formatHex(ModelFile.write(model))));
        all.put(
            "points of " + key,
            Await.result(site.tracking().metrics(task, row.party())).stream()
                .map(point -> point.namespace() + point.name() + point.key() + '=' + point.value())
                .collect(Collectors.joining("\n")));
      }
    }
    return all;
  }
}
