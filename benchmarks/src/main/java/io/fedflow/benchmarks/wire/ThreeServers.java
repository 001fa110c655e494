package io.fedflow.benchmarks.wire;

import io.fedflow.benchmarks.edge.Folders;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The demo's job across three warm servers with TLS, beside one warm server that serves all
 * parties, in turn, from submit to success; with the time of each component at the guest and what
 * is left between them.
 *
 * <p>Run at the root of a built checkout; the only argument is how often each runs, default 3, of
 * which the first is not counted.
 */
public final class ThreeServers {

  private final JsonCodec json = new JacksonJsonCodec();

  private ThreeServers() {}

  /**
   * One run.
   *
   * @param seconds from submit to success, as the client sees it
   * @param components how long each component took at the guest, in seconds
   */
  private record Run(double seconds, Map<String, Double> components) {
    private double between() {
      return seconds - components.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /** Prints a line for each run, then the ratio of the medians and that of every component. */
  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    if (runs < 2) {
      throw new IllegalArgumentException("runs: found " + runs + ", at least 2: one warms up");
    }
    Path folder = Files.createTempDirectory("fedflow-three");
    try (SiteProcesses alone = SiteProcesses.alone(folder.resolve("alone"));
        SiteProcesses apart = SiteProcesses.apart(folder.resolve("apart"))) {
      new ThreeServers().run(runs, alone, apart);
    } finally {
      Folders.delete(folder);
    }
  }

  private void run(int runs, SiteProcesses alone, SiteProcesses apart) throws Exception {
    List<Run> standalone = new ArrayList<>();
    List<Run> distributed = new ArrayList<>();
    upload(alone);
    upload(apart);
    for (int i = 0; i < runs; i++) {
      // Who begins changes, so that a change of the machine's load meets both.
      if (i % 2 == 0) {
        standalone.add(job(alone, false));
        distributed.add(job(apart, true));
      } else {
        distributed.add(job(apart, true));
        standalone.add(job(alone, false));
      }
      print(i, standalone.get(i), distributed.get(i));
    }
    List<Run> ones = standalone.subList(1, runs);
    List<Run> threes = distributed.subList(1, runs);
    System.out.printf(
        Locale.ROOT,
        "three servers / one, warm: %.2f%n",
        median(threes.stream().map(Run::seconds).toList())
            / median(ones.stream().map(Run::seconds).toList()));
    for (String name : new TreeSet<>(ones.get(0).components().keySet())) {
      compare(
          name,
          ones.stream().map(run -> run.components().get(name)).toList(),
          threes.stream().map(run -> run.components().get(name)).toList());
    }
    compare(
        "between them",
        ones.stream().map(Run::between).toList(),
        threes.stream().map(Run::between).toList());
  }

  private static void print(int number, Run one, Run three) {
    System.out.printf(
        Locale.ROOT,
        "run %d: one server %.2f s, three servers %.2f s%s%n",
        number + 1,
        one.seconds(),
        three.seconds(),
        number == 0 ? " (not counted)" : "");
  }

  private static void compare(String name, List<Double> one, List<Double> three) {
    System.out.printf(Locale.ROOT, "  %-28s %7.2f s %7.2f s%n", name, median(one), median(three));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  private void upload(SiteProcesses sites) throws Exception {
    upload(sites.guest(), "breast_hetero_guest");
    upload(sites.host(), "breast_hetero_host");
  }

  private void upload(String url, String name) throws Exception {
    BlockingFlowClient client = FlowHttpClient.of(url).blocking();
    String jobId =
        client
            .upload(
                Path.of("examples", "data", name + ".csv"),
                Map.of("namespace", "experiment", "table_name", name, "head", 1, "partition", 1))
            .jobId();
    client.follow(jobId, 0, news -> {});
  }

  private Run job(SiteProcesses sites, boolean apart) throws Exception {
    BlockingFlowClient client = FlowHttpClient.of(sites.guest()).blocking();
    Map<String, Object> conf = document("demo_conf");
    if (apart) {
      Map<String, Object> roles = copy(conf.get("role"));
      roles.put("arbiter", List.of(10001));
      conf.put("role", roles);
      Map<String, Object> parameters = copy(conf.get("job_parameters"));
      parameters.put("work_mode", 1);
      conf.put("job_parameters", parameters);
    }
    long begun = System.nanoTime();
    String jobId = client.submit(document("demo_dsl"), conf).jobId();
    client.follow(jobId, 0, news -> {});
    double seconds = (System.nanoTime() - begun) / 1e9;
    Map<String, Object> ended = client.jobQuery(Map.of("job_id", jobId, "role", "guest")).get(0);
    if (!"success".equals(ended.get("f_status"))) {
      throw new IllegalStateException("the job ended as " + ended.get("f_status"));
    }
    Map<String, Double> components = new LinkedHashMap<>();
    for (Map<String, Object> task :
        client.taskQuery(Map.of("job_id", jobId, "role", "guest", "party_id", "9999"))) {
      components.put(
          String.valueOf(task.get("f_component_name")),
          (millis(task, "f_end_time") - millis(task, "f_start_time")) / 1e3);
    }
    return new Run(seconds, components);
  }

  private static double millis(Map<String, Object> row, String field) {
    return ((Number) row.get(field)).doubleValue();
  }

  private Map<String, Object> document(String name) throws IOException {
    return copy(json.read(Files.readString(Path.of("examples", "jobs", name + ".json"))));
  }

  private static Map<String, Object> copy(Object tree) {
    Map<String, Object> copy = new LinkedHashMap<>();
    ((Map<?, ?>) tree).forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }
}
