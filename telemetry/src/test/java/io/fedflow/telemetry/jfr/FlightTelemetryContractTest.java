package io.fedflow.telemetry.jfr;

import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;
import io.fedflow.testkit.spi.TelemetryContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FlightTelemetryContractTest extends TelemetryContract {

  private static final String PREFIX = "fedflow.";

  @TempDir Path folder;
  private final Telemetry telemetry = new FlightTelemetry();
  private final Recording recording = new Recording();

  @BeforeEach
  void record() {
    Stream.of(Signal.class.getPermittedSubclasses())
        .forEach(kind -> recording.enable(PREFIX + kind.getSimpleName()));
    recording.start();
  }

  @AfterEach
  void close() {
    recording.close();
  }

  @Override
  protected Telemetry telemetry() {
    return telemetry;
  }

  @Override
  protected Map<String, Long> seen() throws IOException {
    Path file = folder.resolve("signals.jfr");
    recording.stop();
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .map(event -> event.getEventType().getName())
        .filter(name -> name.startsWith(PREFIX))
        .map(name -> name.substring(PREFIX.length()))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
