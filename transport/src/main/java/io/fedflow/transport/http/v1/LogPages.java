package io.fedflow.transport.http.v1;

import io.fedflow.party.Party;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.TrackingManager;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Pages of FATE's log files, whose lines count from 1. Blocking. */
final class LogPages {

  private static final Pattern ADDRESS = Pattern.compile("\\b\\d{1,3}(\\.\\d{1,3}){3}\\b");

  private final LogReader reader;
  private final LogText text;

  LogPages(TrackingManager tracking, ZoneId zone) {
    this.reader = new LogReader(tracking);
    this.text = new LogText(zone);
  }

  /** How many lines there are. */
  long size(LogSelection selection) throws Exception {
    long[] count = {0};
    each(
        selection,
        line -> {
          count[0]++;
          return true;
        });
    return count[0];
  }

  /** The lines of a page, addresses of machines masked. */
  List<Map<String, Object>> lines(LogSelection selection, int begin, int end) throws Exception {
    List<Map<String, Object>> page = new ArrayList<>();
    long[] number = {0};
    each(
        selection,
        line -> {
          number[0]++;
          if (number[0] >= begin && number[0] <= end) {
            page.add(tree(number[0], line));
          }
          return number[0] < end;
        });
    return page;
  }

  private void each(LogSelection selection, Taker taker) throws Exception {
    boolean[] more = {true};
    for (Party party : selection.parties()) {
      if (more[0]) {
        reader.read(
            selection.jobId(),
            party,
            selection.component(),
            selection.least(),
            lines -> {
              for (LogLine line : lines) {
                more[0] = more[0] && (!selection.holds(line) || taker.take(line));
              }
              return more[0];
            });
      }
    }
  }

  private Map<String, Object> tree(long number, LogLine line) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("line_num", number);
    tree.put("content", ADDRESS.matcher(text.of(line)).replaceAll("xxx.xxx.xxx.xxx"));
    return tree;
  }

  /** Takes lines; tells whether it wants more. */
  @FunctionalInterface
  private interface Taker {
    boolean take(LogLine line);
  }
}
