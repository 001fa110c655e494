package io.fedflow.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A bar per task on a terminal, drawn over itself a few times a second. Thread-safe. */
final class BarView implements ProgressView {

  private static final int WIDTH = 24;
  private static final long REDRAW_MILLIS = 200;
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR = "\u001b[K";

  private final PrintWriter out;
  private final ScheduledExecutorService redraw =
      Executors.newSingleThreadScheduledExecutor(BarView::thread);
  private int drawn;
  private boolean running;

  BarView(PrintWriter out) {
    this.out = out;
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
      text.append(row(line, name, now)).append(CLEAR).append('\n');
    }
    drawn = lines.size();
    out.print(text);
    out.flush();
  }

  private static String row(TaskLine line, int name, long now) {
    int full = (int) Math.round(line.fraction() * WIDTH);
    StringBuilder row = new StringBuilder();
    row.append(String.format("%-" + Math.max(1, name) + "s ", line.component()))
        .append('[')
        .append("#".repeat(full))
        .append(".".repeat(WIDTH - full))
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
