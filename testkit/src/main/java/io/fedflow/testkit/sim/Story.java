package io.fedflow.testkit.sim;

import io.fedflow.job.PartyCommand;
import java.util.ArrayList;
import java.util.List;

/** What happened in a simulated world, moment by moment. Not thread-safe. */
public final class Story {

  private record Line(long time, String who, String what, Object about) {

    String text() {
      return String.format("%8d ms  %-8s %s %s", time, who, what, described(about)).stripTrailing();
    }

    /** Documents would drown the rest. */
    private static String described(Object about) {
      return about instanceof PartyCommand.CreateJob create
          ? "CreateJob[" + create.jobId() + " by " + create.initiator() + "]"
          : String.valueOf(about);
    }
  }

  private final ManualTime time;
  private final long start;
  private final List<Line> lines = new ArrayList<>();

  Story(ManualTime time) {
    this.time = time;
    this.start = time.millis();
  }

  /** Adds a line; {@code about} must be immutable, since it becomes text only when it is read. */
  void tell(String who, String what, Object about) {
    lines.add(new Line(time.millis() - start, who, what, about));
  }

  /** How many lines there are. */
  public int length() {
    return lines.size();
  }

  /** All lines. */
  public String text() {
    return text(0);
  }

  /** The last lines. */
  String tail(int most) {
    int from = Math.max(0, lines.size() - most);
    return (from == 0 ? "" : "  ... " + from + " lines before\n") + text(from);
  }

  private String text(int from) {
    StringBuilder text = new StringBuilder();
    lines.subList(from, lines.size()).forEach(line -> text.append(line.text()).append('\n'));
    return text.toString();
  }

  /** A number that tells stories apart. */
  public long hash() {
    long hash = 0xcbf29ce484222325L;
    for (Line line : lines) {
      String text = line.text();
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      }
    }
    return hash;
  }
}
