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
    return text(0, lines.size());
  }

  /** At most so many lines, left out in the middle: a world that goes on and on repeats itself. */
  String text(int most) {
    if (lines.size() <= most) {
      return text();
    }
    int end = most / 10;
    return text(0, most - end)
        + "  ... "
        + (lines.size() - most)
        + " lines\n"
        + text(lines.size() - end, lines.size());
  }

  private String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    lines.subList(from, to).forEach(line -> text.append(line.text()).append('\n'));
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
