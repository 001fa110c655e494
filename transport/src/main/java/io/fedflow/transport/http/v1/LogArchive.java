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
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A job's logs as FATE lays them out: one file per level, party and component, each with its own
 * and all graver levels. Blocking.
 */
final class LogArchive {

  private final LogReader reader;
  private final LogText text;
  private final Path staging;

  LogArchive(TrackingManager tracking, ZoneId zone, Path staging) {
    this.reader = new LogReader(tracking);
    this.text = new LogText(zone);
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
    reader.read(
        view.jobId(),
        view.party(),
        "",
        Level.DEBUG,
        lines -> {
          append(archive, view.party(), lines);
          return true;
        });
  }

  private void append(TarGz archive, Party party, List<LogLine> lines) throws IOException {
    Map<Path, StringBuilder> texts = new LinkedHashMap<>();
    String role = party.role().name();
    for (LogLine line : lines) {
      String entry = text.of(line) + '\n';
      for (Level level : Level.values()) {
        if (line.level().compareTo(level) >= 0) {
          String file = level.name() + ".log";
          add(texts, archive.file(role, party.id(), file), entry);
          if (!line.component().isEmpty()) {
            add(texts, archive.file(role, party.id(), line.component(), file), entry);
          }
        }
      }
      if (line.component().isEmpty()) {
        add(texts, archive.file("fate_flow_schedule.log"), entry);
        if (line.level() == Level.ERROR) {
          add(texts, archive.file("fate_flow_schedule_error.log"), entry);
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
}
