package io.fedflow.telemetry.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.spi.Signal;
import io.fedflow.telemetry.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightTelemetryTest {

  @TempDir Path folder;

  private List<RecordedEvent> record(String... enabled) throws IOException {
    Path file = folder.resolve("signals.jfr");
    try (Recording recording = new Recording()) {
      Stream.of(enabled).forEach(recording::enable);
      recording.start();
      FlightTelemetry telemetry = new FlightTelemetry();
      Signals.all().forEach(telemetry::signal);
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> List.of(enabled).contains(event.getEventType().getName()))
        .toList();
  }

  private static RecordedEvent only(List<RecordedEvent> events, String name) {
    List<RecordedEvent> found =
        events.stream().filter(e -> e.getEventType().getName().equals("fedflow." + name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  @Test
  void everySignalIsAnEventWithJobAndCause() throws IOException {
    String[] all =
        Stream.of(Signal.class.getPermittedSubclasses())
            .map(kind -> "fedflow." + kind.getSimpleName())
            .toArray(String[]::new);
    List<RecordedEvent> events = record(all);
    assertThat(events).hasSameSizeAs(Signals.all());
    assertThat(events)
        .extracting(e -> e.getEventType().getName())
        .containsOnly(all)
        .contains("fedflow.SlotsGranted");
    assertThat(events)
        .allSatisfy(
            event -> {
              boolean ofNoJob = event.getEventType().getName().equals("fedflow.InstanceFenced");
              assertThat(event.getString("job")).isEqualTo(ofNoJob ? "" : Signals.JOB);
              assertThat(event.getEventType().getCategoryNames()).containsExactly("Fedflow");
              assertThat(event.getStackTrace()).isNull();
            });
    assertThat(events)
        .extracting(e -> e.getString("cause"))
        .contains("the database is away", "cannot be reached", "lr_0 runs already", "out of data");
  }

  @Test
  void fieldsAreThoseOfTheSignal() throws IOException {
    List<RecordedEvent> events =
        record(
            "fedflow.AttemptEnded",
            "fedflow.StoreRetried",
            "fedflow.SlotsGranted",
            "fedflow.CommandRetried",
            "fedflow.JobMoved",
            "fedflow.CommandSent",
            "fedflow.MessageIgnored",
            "fedflow.InstanceFenced");
    assertThat(only(events, "InstanceFenced").getString("instance")).isEqualTo(Signals.INSTANCE);
    RecordedEvent ended = only(events, "AttemptEnded");
    assertThat(ended.getString("component")).isEqualTo("lr_0");
    assertThat(ended.getInt("version")).isEqualTo(2);
    assertThat(ended.getString("party")).isEqualTo("guest:9999");
    assertThat(ended.getString("module")).isEqualTo("HeteroLR");
    assertThat(ended.getString("status")).isEqualTo("failed");
    assertThat(ended.getDuration("took")).isEqualTo(Duration.ofSeconds(3));
    RecordedEvent retried = only(events, "StoreRetried");
    assertThat(retried.getInt("tries")).isEqualTo(2);
    assertThat(retried.getDuration("pause")).isEqualTo(Duration.ofMillis(50));
    RecordedEvent resent = only(events, "CommandRetried");
    assertThat(resent.getInt("tries")).isEqualTo(4);
    assertThat(resent.getString("command")).isEqualTo("StartTask");
    assertThat(resent.getDuration("pause")).isEqualTo(Duration.ofMillis(800));
    RecordedEvent moved = only(events, "JobMoved");
    assertThat(moved.getString("from")).isEqualTo("waiting");
    assertThat(moved.getString("to")).isEqualTo("running");
    assertThat(moved.getDuration("stayed")).isEqualTo(Duration.ofMillis(1_500));
    assertThat(events)
        .filteredOn(e -> e.getEventType().getName().equals("fedflow.CommandSent"))
        .extracting(e -> e.getString("delivery") + " after " + e.getInt("tries"))
        .containsExactly("arrived after 1", "lost after 8");
    RecordedEvent granted = only(events, "SlotsGranted");
    assertThat(granted.getInt("slots")).isEqualTo(4);
    assertThat(granted.getDuration("waited")).isEqualTo(Duration.ofMillis(1_200));
    RecordedEvent ignored = only(events, "MessageIgnored");
    assertThat(ignored.getString("by")).isEqualTo("guest:9999");
    assertThat(ignored.getString("message")).isEqualTo("StartAsked");
  }

  @Test
  void turnsAndCommandsTellHowLongTheyTook() throws IOException {
    List<RecordedEvent> events = record("fedflow.TurnStored", "fedflow.CommandSent");
    assertThat(events)
        .extracting(e -> e.getDuration("took").toNanos())
        .containsExactlyInAnyOrder(1_500_000L, 2_500_000L, 7_000_000L, 9_000_000L);
  }
}
