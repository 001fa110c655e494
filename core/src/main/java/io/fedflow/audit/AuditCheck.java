package io.fedflow.audit;

import io.fedflow.audit.AuditReport.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a whole log and finds what was changed, removed, moved or cut off. Whoever can write the
 * folder can write a whole new log, hashes and head included: only a head that was noted elsewhere
 * tells that one apart. Not thread-safe.
 */
public final class AuditCheck {

  private static final int MOST_FINDINGS = 100;

  private final AuditFolder folder;
  private final List<AuditHead> noted;
  private final Map<Long, String> hashes = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private AuditHead expected = AuditHead.START;
  private boolean hashKnown = true;
  private long records;
  private boolean torn;

  private AuditCheck(Path folder, List<AuditHead> noted) {
    this.folder = new AuditFolder(folder);
    this.noted = noted;
  }

  /**
   * Checks the log of a folder; blocking. A server may write to it meanwhile.
   *
   * @param noted heads that were noted earlier
   * @throws IOException if a file cannot be read
   */
  public static AuditReport of(Path folder, AuditHead... noted) throws IOException {
    return new AuditCheck(folder, List.of(noted)).check();
  }

  private AuditReport check() throws IOException {
    List<AuditHead> ends = new ArrayList<>(noted);
    AuditHead head = null;
    try {
      // First: a server that writes meanwhile makes the log longer than it says.
      head = folder.head().orElse(null);
      if (head != null) {
        ends.add(head);
      }
    } catch (Damage damage) {
      found("head", 0, damage.getMessage());
    }
    ends.forEach(end -> hashes.put(end.number(), ""));
    List<Path> segments = folder.segments();
    for (Path segment : segments) {
      segment(segment);
    }
    if (head == null && findings.isEmpty() && !segments.isEmpty()) {
      found("head", 0, "the head is missing, which tells where the log ends");
    }
    String last = segments.isEmpty() ? "head" : name(segments.get(segments.size() - 1));
    for (AuditHead end : ends) {
      compare(end, last, noted.contains(end) ? "that was noted" : "of the file head");
    }
    return new AuditReport(records, expected, findings, torn);
  }

  private void compare(AuditHead end, String last, String which) {
    if (end.number() > expected.number()) {
      found(
          last,
          0,
          "the log ends at record "
              + expected.number()
              + ", the head "
              + which
              + " names record "
              + end.number()
              + ": its end was cut off");
    } else if (end.number() > 0 && !end.hash().equals(hashes.get(end.number()))) {
      found(
          last,
          0,
          "record "
              + end.number()
              + " is not the one that the head "
              + which
              + " names: the log was changed and its hashes made anew");
    }
  }

  private void segment(Path file) throws IOException {
    try (SegmentReader reader = new SegmentReader(file)) {
      begin(file, reader);
      boolean more = true;
      while (more) {
        try {
          AuditRecord record = reader.next();
          more = record != null;
          if (more) {
            follow(file, reader.line(), record);
          }
        } catch (Damage damage) {
          records++;
          found(name(file), reader.line(), damage.getMessage());
          expected = new AuditHead(expected.number() + 1, expected.hash());
          hashKnown = false;
        }
      }
      torn = reader.torn();
    }
  }

  private void begin(Path file, SegmentReader reader) throws IOException {
    try {
      AuditHead before = reader.before();
      if (before == null) {
        return;
      }
      if (before.number() != expected.number()
          || hashKnown && !before.hash().equals(expected.hash())) {
        found(
            name(file),
            1,
            "the file continues after record "
                + before.number()
                + ", but the files before it end with record "
                + expected.number()
                + (before.number() == expected.number() ? " of another hash" : "")
                + ": a file is missing or was changed");
      }
      expected = before;
      hashKnown = true;
    } catch (Damage damage) {
      found(name(file), 1, damage.getMessage());
      hashKnown = false;
    }
  }

  private void follow(Path file, long line, AuditRecord record) {
    records++;
    if (record.number() != expected.number() + 1) {
      found(
          name(file),
          line,
          "found record "
              + record.number()
              + ", expected record "
              + (expected.number() + 1)
              + ": lines were removed, added or moved");
    } else if (hashKnown && !AuditLine.fits(expected.hash(), record)) {
      found(
          name(file),
          line,
          "the hash of record "
              + record.number()
              + " does not fit its content and the record before it: the line was changed");
    }
    expected = record.head();
    hashKnown = true;
    hashes.computeIfPresent(record.number(), (number, none) -> record.hash());
  }

  private void found(String file, long line, String text) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(new Finding(file, line, text));
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
