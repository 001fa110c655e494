package io.fedflow.transport.http.v1;

import io.fedflow.job.JobRow;
import io.fedflow.party.Party;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.LogLine.Level;
import io.fedflow.tracking.TrackingManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A job's logs as FATE lays them out: one file per level, party and component, each with its own
 * and all graver levels. Blocking.
 */
final class LogArchive {

  /** At most so many lines are in memory. */
  private static final int CHUNK = 1000;

  private static final long PATIENCE_SECONDS = 30;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

  private final TrackingManager tracking;
  private final ZoneId zone;
  private final Path staging;

  LogArchive(TrackingManager tracking, ZoneId zone, Path staging) {
    this.tracking = tracking;
    this.zone = zone;
    this.staging = staging;
  }

  /** Packs what all parties of this site logged. */
  Path pack(List<JobRow> views) throws Exception {
    try (TarGz archive = new TarGz(staging)) {
      for (JobRow view : views) {
        collect(archive, view);
      }
      return archive.pack();
    }
  }

  private void collect(TarGz archive, JobRow view) throws Exception {
    long after = 0;
    List<LogLine> lines;
    do {
      lines = read(view, after);
      append(archive, view.party(), lines);
      after = lines.isEmpty() ? after : lines.get(lines.size() - 1).number();
    } while (lines.size() == CHUNK);
  }

  private List<LogLine> read(JobRow view, long after) throws Exception {
    return tracking
        .log(view.jobId(), view.party(), "", Level.DEBUG, after, CHUNK)
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void append(TarGz archive, Party party, List<LogLine> lines) throws IOException {
    Map<Path, StringBuilder> texts = new LinkedHashMap<>();
    String role = party.role().name();
    for (LogLine line : lines) {
      String text = text(line);
      for (Level level : Level.values()) {
        if (line.level().compareTo(level) >= 0) {
          String file = level.name() + ".log";
          add(texts, archive.file(role, party.id(), file), text);
          if (!line.component().isEmpty()) {
            add(texts, archive.file(role, party.id(), line.component(), file), text);
          }
        }
      }
      if (line.component().isEmpty()) {
        add(texts, archive.file("fate_flow_schedule.log"), text);
        if (line.level() == Level.ERROR) {
          add(texts, archive.file("fate_flow_schedule_error.log"), text);
        }
      }
    }
    for (Map.Entry<Path, StringBuilder> entry : texts.entrySet()) {
      Files.writeString(
          entry.getKey(), entry.getValue(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static void add(Map<Path, StringBuilder> texts, Path file, String text) {
    texts.computeIfAbsent(file, f -> new StringBuilder()).append(text);
  }

  private String text(LogLine line) {
    return "["
        + line.level()
        + "] ["
        + TIME.format(Instant.ofEpochMilli(line.time()).atZone(zone))
        + "] ["
        + line.jobId()
        + "] ["
        + line.component()
        + "] - "
        + line.text()
        + '\n';
  }
}
