package io.fedflow.components.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is in the messages of whole jobs: never a value, a label, an id or a name of a column, in
 * whatever form. {@code -Dfedflow.learns.write=true} writes the page of what each party learns
 * anew.
 */
class MessageLogTest {

  private static final Path PAGE = Path.of("docs", "what-each-party-learns.md");
  private static final RawRows ROWS =
      new RawRows(List.of(RecordedJobs.TRAIN, RecordedJobs.VALIDATE));

  private static RecordedJobs jobs;

  @BeforeAll
  static void runJobs() throws Exception {
    jobs = new RecordedJobs(keys -> List.of());
    jobs.run(RecordedJobs.training());
    jobs.run(RecordedJobs.validatedTraining());
    jobs.run(RecordedJobs.values());
    jobs.run(RecordedJobs.crossValidation());
    jobs.run(RecordedJobs.searching());
    jobs.run(RecordedJobs.boosting());
    jobs.run(RecordedJobs.masking());
    jobs.run(RecordedJobs.caching());
    jobs.run(RecordedJobs.counting());
    jobs.run(RecordedJobs.matching());
    jobs.run(RecordedJobs.preparing());
    jobs.run(RecordedJobs.averaging());
    jobs.run(RecordedJobs.secureAdd());
  }

  @AfterAll
  static void stop() {
    jobs.close();
  }

  @Test
  void noMessageHoldsAnythingOfARow() {
    assertThat(leaks(jobs, new LeakSearch(ROWS, jobs.keys()))).isEmpty();
  }

  /** Otherwise a message would be well because nobody ever saw it. */
  @Test
  void everyMessageThatIsDeclaredWasRecorded() {
    Set<String> recorded =
        jobs.messages().stream()
            .map(message -> jobs.sender(message).descriptor().module() + ' ' + message.tag().name())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> declared =
        jobs.components().components().stream()
            .map(Component::descriptor)
            .flatMap(
                component ->
                    component.messages().stream()
                        .map(message -> component.module() + ' ' + message.name()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(recorded).isEqualTo(declared);
  }

  @Test
  void everyLeakThatIsPlantedIsFound() throws Exception {
    try (RecordedJobs leaky = new RecordedJobs(keys -> List.of(new Gossip(keys)))) {
      leaky.run(RecordedJobs.of(Gossip.MODULE));

      Map<String, Set<String>> leaks =
          leaks(leaky, new LeakSearch(ROWS, leaky.keys()).plain(Gossip.names()));

      // All of them, and none of the sound messages of the intersection before.
      assertThat(leaks.keySet()).isEqualTo(new TreeSet<>(Gossip.names()));
      assertThat(leaks.get("gossip_doubles")).anyMatch(what -> what.startsWith("value "));
      assertThat(leaks.get("gossip_scaled")).anyMatch(what -> what.startsWith("column guest_"));
      assertThat(leaks.get("gossip_for_the_wrong_one"))
          .isNotEmpty()
          .allMatch(what -> what.startsWith("decrypted "));
      assertThat(leaks.get("gossip_label_signs")).contains("column label");
    }
  }

  /** Otherwise a new message would be looked at as bytes, and not read. */
  @Test
  void aLayoutThatNobodyDescribedIsRefused() {
    Envelope key =
        jobs.messages().stream()
            .filter(message -> message.tag().name().equals("lr_key"))
            .findFirst()
            .orElseThrow();
    Envelope renamed =
        new Envelope(key.task(), key.from(), key.to(), MessageTag.of("lr_secret"), key.payload());
    MessageDeclaration declared = jobs.sender(key).descriptor().message("lr_key").orElseThrow();
    assertThat(new LeakSearch(ROWS, jobs.keys()).find(key, declared)).isEmpty();
    assertThat(new LeakSearch(ROWS, jobs.keys()).find(renamed, declared))
        .containsExactly("bytes of an unknown layout");
  }

  @Test
  void thePageSaysWhatWasRecorded() throws Exception {
    String page = LearnedPage.of(jobs);
    if (Boolean.getBoolean("fedflow.learns.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(page)
        .as("run this test with -Dfedflow.learns.write=true")
        .isEqualTo(Files.readString(PAGE));
  }

  /** What messages hold that they should not, by name of the message. */
  private static Map<String, Set<String>> leaks(RecordedJobs recorded, LeakSearch search) {
    Map<String, Set<String>> leaks = new TreeMap<>();
    for (Envelope message : recorded.messages()) {
      MessageDeclaration declared =
          recorded.sender(message).descriptor().message(message.tag().name()).orElseThrow();
      Set<String> found = search.find(message, declared);
      if (!found.isEmpty()) {
        leaks.computeIfAbsent(message.tag().name(), name -> new TreeSet<>()).addAll(found);
      }
    }
    return leaks;
  }
}
