package io.fedflow.audit;

import io.fedflow.data.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;

/**
 * A record as a line: its fields between tabs, the hash last. There is one way to write a record,
 * and only that is read.
 */
public final class AuditLine {

  private static final int FIELDS = 12;

  private AuditLine() {}

  /** The record that follows, hash included. */
  public static AuditRecord next(AuditHead before, long time, AuditEvent event) {
    long number = before.number() + 1;
    return new AuditRecord(number, time, event, hash(before.hash(), text(number, time, event)));
  }

  /** Tells whether the hash of a record is that of its content after the record before it. */
  static boolean fits(String hashBefore, AuditRecord record) {
    String expected = hash(hashBefore, text(record.number(), record.time(), record.event()));
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII),
        record.hash().getBytes(StandardCharsets.UTF_8));
  }

  /** The line, without its end. */
  static String write(AuditRecord record) {
    return text(record.number(), record.time(), record.event()) + '\t' + record.hash();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException for any other line
   */
  static AuditRecord read(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("found " + fields.length + " fields, expected " + FIELDS);
    }
    Actor who =
        new Actor(
            Actor.Kind.of(fields[2]).orElseThrow(unknown("a kind of caller")),
            AuditTexts.unescaped(fields[3]),
            AuditTexts.unescaped(fields[4]),
            AuditTexts.unescaped(fields[5]));
    AuditEvent event =
        new AuditEvent(
            who,
            AuditTexts.unescaped(fields[6]),
            AuditTexts.unescaped(fields[7]),
            AuditEvent.Outcome.of(fields[8]).orElseThrow(unknown("an outcome")),
            Long.parseLong(fields[9]),
            AuditTexts.unescaped(fields[10]));
    AuditRecord record =
        new AuditRecord(Long.parseLong(fields[0]), Long.parseLong(fields[1]), event, fields[11]);
    if (!write(record).equals(line)) {
      throw new IllegalArgumentException("found another form than that of a record");
    }
    return record;
  }

  private static Supplier<IllegalArgumentException> unknown(String what) {
    return () -> new IllegalArgumentException("found " + what + " that there is not");
  }

  private static String text(long number, long time, AuditEvent event) {
    Actor who = event.who();
    return String.join(
        "\t",
        Long.toString(number),
        Long.toString(time),
        who.kind().text(),
        AuditTexts.escaped(who.name()),
        AuditTexts.escaped(who.address()),
        AuditTexts.escaped(who.identity()),
        AuditTexts.escaped(event.action()),
        AuditTexts.escaped(event.subject()),
        event.outcome().text(),
        Long.toString(event.of()),
        AuditTexts.escaped(event.detail()));
  }

  private static String hash(String before, String text) {
    MessageDigest sha256 = Digests.sha256();
    sha256.update((before + '\n' + text).getBytes(StandardCharsets.UTF_8));
    return Digests.hex(sha256);
  }
}
