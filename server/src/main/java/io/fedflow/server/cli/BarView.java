package io.fedflow.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A bar per task on a terminal, drawn over itself a few times a second. Thread-safe. */
final class BarView implements ProgressView {

  private static final int BAR = 16;

  /** What a terminal of unknown width surely has. */
  private static final int USUAL_COLUMNS = 80;

  private static final long REDRAW_MILLIS = 200;
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR = "\u001b[K";

  private final PrintWriter out;
  private final int columns;
  private final ScheduledExecutorService redraw =
      Executors.newSingleThreadScheduledExecutor(BarView::thread);
  private int drawn;
  private boolean running;

  /**
   * A view on a terminal.
   *
   * @param columns how wide it is: a row that wrapped would be drawn over wrongly
   */
  BarView(PrintWriter out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** The width that the shell tells. */
  static int columns() {
    try {
      return Math.max(20, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")));
    } catch (NumberFormatException unknown) {
      return USUAL_COLUMNS;
    }
  }

  @Override
  public synchronized void changed(JobProgress job, TaskLine line) {
    if (!running) {
      running = true;
      redraw.scheduleWithFixedDelay(() -> draw(job), 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void end(JobProgress job) {
    redraw.shutdownNow();
    draw(job);
  }

  private synchronized void draw(JobProgress job) {
    List<TaskLine> lines = job.tasks();
    int name = lines.stream().mapToInt(line -> line.component().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append(String.format(UP, drawn));
    }
    long now = System.nanoTime();
    for (TaskLine line : lines) {
      String row = row(line, name, now);
      text.append(row, 0, Math.min(row.length(), columns - 1)).append(CLEAR).append('\n');
    }
    drawn = lines.size();
    out.print(text);
    out.flush();
  }

  private static String row(TaskLine line, int name, long now) {
    int full = (int) Math.round(line.fraction() * BAR);
    StringBuilder row = new StringBuilder();
    row.append(String.format("%-" + Math.max(1, name) + "s ", line.component()))
        .append('[')
        .append("#".repeat(full))
        .append(".".repeat(BAR - full))
        .append("] ")
        .append(String.format("%-8s", line.status()));
    if (line.started() != 0) {
      row.append(String.format("%8s", LineView.seconds(line, now)));
    }
    if (!Double.isNaN(line.loss())) {
      row.append(String.format(Locale.ROOT, "  loss %.6f", line.loss()));
    }
    if (!line.over() && !line.note().isEmpty()) {
      row.append("  ").append(line.note());
    }
    return row.toString();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "fedflow-bars");
    thread.setDaemon(true);
    return thread;
  }
}
