package io.fedflow.server.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One line per change, for logs and pipes. */
final class LineView implements ProgressView {

  private final PrintWriter out;
  private final Map<String, TaskLine> shown = new HashMap<>();

  LineView(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void changed(JobProgress job, TaskLine line) {
    TaskLine before = shown.put(line.component(), line);
    if (before == null || !before.status().equals(line.status())) {
      out.println(
          line.component()
              + ": "
              + line.status()
              + (line.over() ? ' ' + seconds(line, line.ended()) : ""));
    } else if (!before.note().equals(line.note())) {
      // Components measure a step before they count it: the loss is this step's.
      out.println(
          line.component()
              + ": "
              + line.note()
              + (Double.isNaN(line.loss())
                  ? ""
                  : String.format(Locale.ROOT, ", loss %.6f", line.loss())));
    }
    out.flush();
  }

  @Override
  public void end(JobProgress job) {
    out.flush();
  }

  static String seconds(TaskLine line, long nanos) {
    return String.format(Locale.ROOT, "%.1f s", line.elapsed(nanos).toMillis() / 1e3);
  }
}
