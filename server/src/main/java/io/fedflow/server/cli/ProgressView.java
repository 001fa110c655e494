package io.fedflow.server.cli;

import io.fedflow.transport.client.JobNews;

/** Shows a followed job. Called by one thread at a time. */
interface ProgressView {

  /** Something happened, whether it changes a line or not; told before the line. */
  default void news(JobNews news) {
    // Most show what became of it.
  }

  /** A component's line changed. */
  void changed(JobProgress job, TaskLine line);

  /** The job ended; nothing follows. */
  void end(JobProgress job);

  /** Shows nothing. */
  static ProgressView none() {
    return new ProgressView() {
      @Override
      public void changed(JobProgress job, TaskLine line) {
        // Whoever asked for JSON reads the result.
      }

      @Override
      public void end(JobProgress job) {
        // Nothing was shown.
      }
    };
  }
}
