package io.fedflow.spi;

import io.fedflow.job.JobRow;
import java.util.List;

/**
 * A page of parties' views of jobs.
 *
 * @param rows those of this page, in order
 * @param total how many match on all pages; counted beside the page, so that what is written in the
 *     same moment may show in one of them only
 */
public record JobPage(List<JobRow> rows, long total) {

  /** Copies the list. */
  public JobPage {
    rows = List.copyOf(rows);
  }
}
