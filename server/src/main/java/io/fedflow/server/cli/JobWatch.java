package io.fedflow.server.cli;

import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.JobFollowing;
import io.fedflow.transport.client.JobNews;
import java.util.ArrayList;
import java.util.List;

/** Follows a job to its end and shows it meanwhile. */
final class JobWatch {

  private final String jobId;
  private final ProgressView view;
  private final JobProgress progress;

  private JobWatch(String jobId, List<String> components, ProgressView view) {
    this.jobId = jobId;
    this.view = view;
    this.progress = new JobProgress(components, System::nanoTime);
  }

  /**
   * Waits for the end of a job.
   *
   * @param sites the initiator's server first; others that may see more of the job
   */
  static JobEnd follow(List<FlowHttpClient> sites, String jobId, ProgressView view)
      throws InterruptedException {
    FlowHttpClient initiator = sites.get(0);
    List<String> components =
        new Tree(initiator.blocking().components(jobId))
            .at("components").each().stream().map(Tree::text).toList();
    return new JobWatch(jobId, components, view).end(initiator, sites.subList(1, sites.size()));
  }

  private JobEnd end(FlowHttpClient initiator, List<FlowHttpClient> others)
      throws InterruptedException {
    List<JobFollowing> beside = new ArrayList<>();
    try {
      for (FlowHttpClient other : others) {
        beside.add(other.follow(jobId, 0, this::show));
      }
      return JobEnd.of(jobId, initiator.blocking().follow(jobId, 0, this::show));
    } finally {
      beside.forEach(JobFollowing::close);
      view.end(progress);
    }
  }

  private synchronized void show(JobNews news) {
    view.news(news);
    TaskLine line = progress.accept(news);
    if (line != null) {
      view.changed(progress, line);
    }
  }
}
