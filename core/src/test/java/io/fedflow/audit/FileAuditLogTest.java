package io.fedflow.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crashes, full disks and people do to the files of a log. */
class FileAuditLogTest {

  private static final int SMALL = 2000;

  @TempDir Path temp;

  private FileAuditLog open() throws IOException {
    return FileAuditLog.open(folder(), InstantSource.system(), SMALL);
  }

  private Path folder() {
    return temp.resolve("audit");
  }

  private List<Path> files() throws IOException {
    return new AuditFolder(folder()).segments();
  }

  private static AuditRecord add(FileAuditLog log, int number) {
    return Stages.join(
        log.append(
            AuditEvent.asked(Actor.client("", "10.0.0.7"), "job.stop", "job " + number, "")));
  }

  /** A log of so many records, closed. */
  private AuditHead written(int count) throws IOException {
    try (FileAuditLog log = open()) {
      for (int i = 1; i <= count; i++) {
        add(log, i);
      }
      return log.head();
    }
  }

  private static void edit(Path file, UnaryOperator<List<String>> how) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    Files.writeString(file, String.join("\n", how.apply(lines)) + "\n");
  }

  @Test
  void aSoundLog_isFoundSound() throws IOException {
    AuditHead head = written(40);
    assertThat(files()).hasSizeGreaterThan(2);
    AuditReport report = AuditCheck.of(folder(), head);
    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(40);
    assertThat(report.end()).isEqualTo(head);
    assertThat(AuditCheck.of(temp.resolve("none")).records()).isZero();
  }

  @Test
  void aChangedLine_isNamed() throws IOException {
    written(40);
    edit(
        files().get(1),
        lines -> {
          lines.set(3, lines.get(3).replace("10.0.0.7", "10.0.0.8"));
          return lines;
        });
    assertThat(AuditCheck.of(folder()).findings())
        .singleElement()
        .asString()
        .startsWith(files().get(1).getFileName() + ", line 4: the hash of record ")
        .endsWith("the line was changed");
  }

  @Test
  void aLineThatIsNone_isNamed() throws IOException {
    written(5);
    edit(
        files().get(0),
        lines -> {
          lines.set(2, lines.get(2).replace('\t', ' '));
          return lines;
        });
    assertThat(AuditCheck.of(folder()).findings())
        .singleElement()
        .asString()
        .contains(", line 3: the line is not a record");
  }

  @Test
  void aRemovedLine_isNamed() throws IOException {
    written(40);
    edit(
        files().get(0),
        lines -> {
          lines.remove(2);
          return lines;
        });
    assertThat(AuditCheck.of(folder()).findings())
        .singleElement()
        .asString()
        .contains(", line 3: found record 3, expected record 2: lines were removed");
  }

  @Test
  void movedLines_areNamed() throws IOException {
    written(6);
    edit(
        files().get(0),
        lines -> {
          Collections.swap(lines, 2, 3);
          return lines;
        });
    assertThat(AuditCheck.of(folder()).findings())
        .hasSizeGreaterThanOrEqualTo(2)
        .first()
        .asString()
        .contains(", line 3: found record 3, expected record 2");
  }

  @Test
  void aMissingFile_isNamed() throws IOException {
    written(60);
    List<Path> all = files();
    Files.delete(all.get(1));
    assertThat(AuditCheck.of(folder()).findings())
        .singleElement()
        .asString()
        .startsWith(all.get(2).getFileName() + ", line 1: the file continues after record ");
    Files.delete(all.get(0));
    assertThat(AuditCheck.of(folder()).sound()).isFalse();
  }

  @Test
  void aCutEnd_isFoundByTheHeadAndByANotedOne() throws IOException {
    AuditHead head = written(8);
    edit(files().get(0), lines -> lines.subList(0, 6));
    assertThat(AuditCheck.of(folder()).findings())
        .singleElement()
        .asString()
        .contains("the log ends at record 5, the head of the file head names record 8");
    assertThatThrownBy(this::open).hasMessageContaining("the head names record 8");
    // Whoever cuts the end can set the head back.
    AuditHead before = AuditCheck.of(folder()).end();
    new AuditFolder(folder()).head(before);
    assertThat(AuditCheck.of(folder()).sound()).isTrue();
    assertThat(AuditCheck.of(folder(), head).findings())
        .singleElement()
        .asString()
        .contains("the head that was noted names record 8: its end was cut off");
  }

  @Test
  void aLogThatWasWrittenAnew_isFoundByTheHeadThatWasNoted() throws IOException {
    AuditHead head = written(8);
    Path kept = temp.resolve("kept");
    Files.move(folder(), kept);
    AuditHead forged = written(9);
    assertThat(forged.hash()).isNotEqualTo(head.hash());
    assertThat(AuditCheck.of(folder()).sound()).isTrue();
    assertThat(AuditCheck.of(folder(), head).findings())
        .singleElement()
        .asString()
        .contains("record 8 is not the one that the head that was noted names");
  }

  @Test
  void aMissingHead_isTold() throws IOException {
    written(3);
    Files.delete(folder().resolve("head"));
    assertThat(AuditCheck.of(folder()).findings())
        .singleElement()
        .asString()
        .contains("head is missing");
    assertThatThrownBy(this::open)
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("audit verify");
  }

  @Test
  void aLineThatACrashCutOff_isDroppedAndTheLogGoesOn() throws IOException {
    written(3);
    Files.writeString(files().get(0), "4\t17000", StandardOpenOption.APPEND);
    AuditReport torn = AuditCheck.of(folder());
    assertThat(torn.sound()).isTrue();
    assertThat(torn.torn()).isTrue();
    assertThat(written(2).number()).isEqualTo(5);
    AuditReport report = AuditCheck.of(folder());
    assertThat(report.findings()).isEmpty();
    assertThat(report.torn()).isFalse();
    assertThat(report.records()).isEqualTo(5);
  }

  @Test
  void recordsThatACrashLeftBehindTheHead_areKept() throws IOException {
    AuditHead third = written(3);
    written(2);
    new AuditFolder(folder()).head(third);
    assertThat(AuditCheck.of(folder()).sound()).isTrue();
    assertThat(written(1).number()).isEqualTo(6);
    assertThat(AuditCheck.of(folder()).findings()).isEmpty();
  }

  @Test
  void aFileThatACrashLeftWithoutItsFirstLine_isBegunAgain() throws IOException {
    AuditHead head = written(3);
    Path next = new AuditFolder(folder()).segment(4);
    Files.write(next, "fedflow-au".getBytes(StandardCharsets.UTF_8));
    assertThat(written(2).number()).isEqualTo(5);
    AuditReport report = AuditCheck.of(folder(), head);
    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(5);
  }

  @Test
  void whatCannotBeWritten_isRefusedAndLeavesNothing() throws IOException {
    try (FileAuditLog log = open()) {
      AuditHead first = add(log, 1).head();
      // The head cannot be replaced as long as something else stands where it is written.
      Path inTheWay = folder().resolve("head.new");
      Files.createDirectories(inTheWay.resolve("x"));
      assertThatThrownBy(() -> add(log, 2))
          .isInstanceOf(FedflowException.class)
          .hasMessageContaining("nothing is done without it")
          .extracting(failed -> ((FedflowException) failed).code())
          .isEqualTo("audit.io");
      assertThat(log.head()).isEqualTo(first);
      assertThat(AuditCheck.of(folder()).records()).isEqualTo(1);
      Files.delete(inTheWay.resolve("x"));
      Files.delete(inTheWay);
      assertThat(add(log, 3).number()).isEqualTo(2);
    }
    assertThat(AuditCheck.of(folder()).findings()).isEmpty();
  }

  @Test
  void aSecondServer_isKeptAway() throws IOException {
    try (FileAuditLog log = open()) {
      assertThat(log.head()).isEqualTo(AuditHead.START);
      assertThatThrownBy(this::open)
          .isInstanceOf(FedflowException.class)
          .hasMessageContaining("in use by another server");
    }
    written(1);
  }

  @Test
  void filesStaySmall() throws IOException {
    written(60);
    for (Path file : files()) {
      // One record more than the bound at most.
      assertThat(Files.size(file)).isLessThan(SMALL + 400);
    }
  }
}
