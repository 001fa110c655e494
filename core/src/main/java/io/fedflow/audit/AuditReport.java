package io.fedflow.audit;

import java.util.List;

/**
 * What a check of a log found.
 *
 * @param records how many records were read
 * @param end the last of them; noted elsewhere, it can be asked for in a later check
 * @param findings what is wrong, in the order of the files; empty if nothing is
 * @param torn whether the last line was not written whole: its record was never confirmed to
 *     anybody, as after a crash
 */
public record AuditReport(long records, AuditHead end, List<Finding> findings, boolean torn) {

  /** Copies the list. */
  public AuditReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean sound() {
    return findings.isEmpty();
  }

  /**
   * Something that is wrong.
   *
   * @param file the name of the file
   * @param line the line in it, from 1; 0 for the file as a whole
   * @param text what is wrong, for a person
   */
  public record Finding(String file, long line, String text) {

    /** For a person. */
    @Override
    public String toString() {
      return file + (line == 0 ? "" : ", line " + line) + ": " + text;
    }
  }
}
