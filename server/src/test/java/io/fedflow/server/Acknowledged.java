package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.ComponentAt;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.JobNews;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What a server told its clients: jobs that it took, events, and what ended tasks made. All of it
 * has to be there whatever happens to the server afterwards. Thread-safe.
 */
final class Acknowledged {

  private static final long PATIENCE_SECONDS = 120;

  private final Set<String> jobs = new ConcurrentSkipListSet<>();
  private final Map<ComponentAt, Map<String, Object>> made = new ConcurrentHashMap<>();
  private final Map<String, Map<Long, JobNews>> events = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> tables = new ConcurrentHashMap<>();
  private final Set<String> deployed = new ConcurrentSkipListSet<>();

  /** What earlier rounds were told, and was there at their end. */
  private final Set<String> jobsBefore = new ConcurrentSkipListSet<>();

  private final Map<ComponentAt, Map<String, Object>> madeBefore = new ConcurrentHashMap<>();
  private final Map<String, Map<Long, JobNews>> eventsBefore = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);
  private final Semaphore outputs = new Semaphore(0);

  /** Takes a job that the server said it took. */
  void submitted(String jobId) {
    jobs.add(jobId);
    news.release();
  }

  /** Ids of all jobs so far. */
  Set<String> jobs() {
    return Set.copyOf(jobs);
  }

  /** How many outputs of ended tasks were seen. */
  int outputs() {
    return made.size();
  }

  /** How many events were seen. */
  int events() {
    return events.values().stream().mapToInt(Map::size).sum();
  }

  /** Waits until so many jobs and events more were acknowledged. */
  void awaitNews(int count) throws InterruptedException {
    assertThat(news.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** Waits until so many outputs more were seen. */
  void awaitOutputs(int count) throws InterruptedException {
    assertThat(outputs.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** Takes an event of a job that the server told. */
  void told(String jobId, JobNews event) {
    if (event.sequence() > 0) {
      events.computeIfAbsent(jobId, id -> new ConcurrentHashMap<>()).put(event.sequence(), event);
      news.release();
    }
  }

  /** Reads and keeps what the ended tasks of a job made; what cannot be read is left for later. */
  void look(FlowHttpClient client, String jobId) throws InterruptedException {
    for (ComponentAt at : succeeded(client.blocking(), jobId)) {
      if (!made.containsKey(at)) {
        made.put(at, outputs(client.blocking(), at));
        outputs.release();
      }
    }
  }

  /** Takes a model version that the server said it made. */
  void deployed(String modelVersion) {
    deployed.add(modelVersion);
    outputs.release();
  }

  /** Keeps what the server tells of a table. */
  void table(FlowHttpClient client, String namespace, String name) throws InterruptedException {
    tables.put(namespace + ' ' + name, client.blocking().table(namespace, name));
    outputs.release();
  }

  /** Components that ended well at all parties: they are not run again, whatever happens. */
  private static List<ComponentAt> succeeded(BlockingFlowClient client, String jobId)
      throws InterruptedException {
    return client.taskQuery(Map.of("job_id", jobId)).stream()
        .filter(row -> "success".equals(row.get("f_status")))
        .map(
            row ->
                new ComponentAt(
                    jobId,
                    String.valueOf(row.get("f_component_name")),
                    String.valueOf(row.get("f_role")),
                    String.valueOf(row.get("f_party_id"))))
        .toList();
  }

  private static Map<String, Object> outputs(BlockingFlowClient client, ComponentAt at)
      throws InterruptedException {
    Map<String, Object> all = new TreeMap<>();
    all.put("metrics", told(() -> client.metrics(at)));
    all.put("model", told(() -> client.outputModel(at)));
    all.put("summary", told(() -> client.summary(at)));
    all.put("data", told(() -> client.outputData(at)));
    return all;
  }

  /** A question to a server. */
  private interface Question {
    Map<String, Object> ask() throws InterruptedException;
  }

  /** That there is none is an answer, too; that the server is away is not. */
  private static Object told(Question question) throws InterruptedException {
    try {
      return question.ask();
    } catch (FedflowException refused) {
      if (refused.kind() == FailureKind.INVALID) {
        return refused.getMessage();
      }
      throw refused;
    }
  }

  /** Checks that a server has all jobs, tables and outputs, just as they were told. */
  void requireAll(FlowHttpClient client) throws InterruptedException {
    for (String jobId : jobs) {
      assertThat(client.blocking().jobQuery(Map.of("job_id", jobId)))
          .as("job %s, which was acknowledged", jobId)
          .isNotEmpty();
    }
    for (Map.Entry<ComponentAt, Map<String, Object>> entry : made.entrySet()) {
      assertThat(outputs(client.blocking(), entry.getKey()))
          .as("outputs of %s, which were told", entry.getKey())
          .isEqualTo(entry.getValue());
    }
    for (Map.Entry<String, Map<String, Object>> entry : tables.entrySet()) {
      String[] name = entry.getKey().split(" ");
      assertThat(client.blocking().table(name[0], name[1]))
          .as("table %s, which was told", entry.getKey())
          .isEqualTo(entry.getValue());
    }
  }

  /** Checks that a server has all deployed versions at all parties. */
  void requireDeployed(V1 v1) throws IOException, InterruptedException {
    for (String version : deployed) {
      assertThat((List<?>) v1.data("model/query", Map.of("model_version", version)))
          .as("model version %s, which was told", version)
          .hasSize(3);
    }
  }

  /** Waits until all jobs ended, each of them well, with every event that was told before. */
  void requireEnds(FlowHttpClient client) throws InterruptedException {
    for (String jobId : jobs) {
      Map<Long, JobNews> all = new LinkedHashMap<>();
      ConcurrentLinkedQueue<JobNews> came = new ConcurrentLinkedQueue<>();
      JobNews end = client.blocking().follow(jobId, 0, came::add);
      came.forEach(event -> all.put(event.sequence(), event));
      assertThat(end.data()).as("end of job %s", jobId).containsEntry("status", "success");
      events
          .getOrDefault(jobId, Map.of())
          .forEach(
              (sequence, told) ->
                  assertThat(all.get(sequence))
                      .as("event %d of job %s, which was told", sequence, jobId)
                      .isEqualTo(told));
    }
  }

  /** Begins with the next round; what was checked to its end is checked again at the very end. */
  void nextRound() {
    jobsBefore.addAll(jobs);
    eventsBefore.putAll(events);
    madeBefore.putAll(made);
    jobs.clear();
    events.clear();
    made.clear();
    news.drainPermits();
    outputs.drainPermits();
  }

  /** Remembers all that was told in all rounds. */
  void recallAll() {
    jobs.addAll(jobsBefore);
    events.putAll(eventsBefore);
    made.putAll(madeBefore);
  }

  @Override
  public String toString() {
    return jobs.size()
        + " jobs, "
        + made.size()
        + " outputs, "
        + events()
        + " events, "
        + tables.size()
        + " tables and "
        + deployed.size()
        + " deployed models";
  }
}
