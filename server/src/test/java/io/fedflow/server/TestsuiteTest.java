package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.server.cli.FedflowCommand;
import io.fedflow.server.cli.TestsuiteCommand;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import picocli.CommandLine;

/** Suites against a real server: the shipped ones, and small ones that go wrong on purpose. */
class TestsuiteTest {

  private static final Path EXAMPLES = Path.of("..", "examples", "jobs", "suites");
  private static final String TINY_DSL =
      """
      {"components": {
        "reader_0": {"module": "Reader", "output": {"data": ["data"]}},
        "data_statistics_0": {"module": "DataTransform",
          "input": {"data": {"data": ["reader_0.data"]}},
          "output": {"data": ["data"], "model": ["model"]}}}}
      """;
  private static final String TINY_CONF =
      """
      {"dsl_version": 2, "initiator": {"role": "guest", "party_id": 9999},
       "role": {"guest": [9999]},
       "component_parameters": {"role": {"guest": {"0": {
         "reader_0": {"table": {"name": "%s", "namespace": "suites"}}}}}}}
      """;

  @TempDir static Path folder;
  private static TestServer server;

  /** What the command printed and how it ended. */
  private record Ran(int code, String out, String err) {

    Map<?, ?> json() {
      String[] lines = out.strip().split("\n");
      return (Map<?, ?>) new JacksonJsonCodec().read(lines[lines.length - 1]);
    }

    Map<String, String> outcomes() {
      return ((List<?>) json().get("results"))
          .stream()
              .map(result -> (Map<?, ?>) result)
              .collect(
                  Collectors.toMap(
                      result -> String.valueOf(result.get("task")),
                      result -> String.valueOf(result.get("outcome")),
                      (a, b) -> b,
                      LinkedHashMap::new));
    }

    String cause(String task) {
      return ((List<?>) json().get("results"))
          .stream()
              .map(result -> (Map<?, ?>) result)
              .filter(result -> task.equals(result.get("task")))
              .map(result -> String.valueOf(result.get("cause")))
              .findFirst()
              .orElseThrow();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.standalone(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aTrainingItsPredictionAndItsReportsInTheFormsOfBuildServers() throws Exception {
    Path junit = folder.resolve("junit.xml");
    Path report = folder.resolve("report.json");
    Ran ran =
        ask(EXAMPLES.resolve("regression"), "--junit", junit.toString(), "--report", "" + report);

    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.json().get("total")).isEqualTo(2);
    assertThat(ran.json().get("passed")).isEqualTo(2);
    assertThat(ran.json().get("failed")).isEqualTo(0);
    assertThat(ran.outcomes())
        .containsExactly(Map.entry("train", "passed"), Map.entry("predict", "passed"));
    List<?> results = (List<?>) ran.json().get("results");
    double trained = metric(results.get(0), "evaluation_0/hetero_lr_0/train/auc");
    assertThat(trained).isBetween(0.98, 1.0);
    // The same rows and the same weights: a prediction with another model would differ.
    assertThat(metric(results.get(1), "evaluation_0/hetero_lr_0/predict/auc")).isEqualTo(trained);
    Document xml =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(junit.toFile());
    assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(2);
    assertThat(xml.getElementsByTagName("failure").getLength()).isZero();
    assertThat(TestJobs.map(Files.readString(report)).get("passed")).isEqualTo(2);

    Ran again = person(EXAMPLES.resolve("regression").toString(), "--beside", report.toString());
    assertThat(again.code()).as(again.out() + again.err()).isZero();
    assertThat(again.out() + again.err())
        .containsPattern("train \\([0-9.]+ times [0-9.]+ s\\)")
        .containsPattern("predict \\([0-9.]+ times [0-9.]+ s\\)")
        .contains("least times: passed");
  }

  @Test
  void theShippedFeatureJobsRunForPeople() throws Exception {
    Ran ran = person(EXAMPLES.resolve("features").toString());
    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out()).contains("5/5", "5 jobs: 5 passed, 0 failed");
  }

  @Test
  void whatGoesWrongIsToldApart() throws Exception {
    Path suite = suite("wrong");
    Files.writeString(
        suite.resolve("broken_dsl.json"), TINY_DSL.replace("DataTransform", "NoSuch"));
    Files.writeString(suite.resolve("lacking_conf.json"), TINY_CONF.formatted("lacking"));
    Files.writeString(suite.resolve("unknown_conf.json"), TINY_CONF.formatted("nobody_has_it"));
    Files.writeString(
        suite.resolve("a_testsuite.json"),
        """
        {"data": [
           {"file": "rows.csv", "head": 1, "partition": 2, "table_name": "tiny",
            "namespace": "suites", "role": "guest_0"},
           {"file": "nowhere.csv", "head": 1, "partition": 2, "table_name": "lacking",
            "namespace": "suites", "role": "guest_0"}],
         "tasks": {
           "after": {"deps": "broken", "dsl": "dsl.json", "conf": "conf.json"},
           "good": {"dsl": "dsl.json", "conf": "conf.json"},
           "broken": {"dsl": "broken_dsl.json", "conf": "conf.json"},
           "lacking": {"dsl": "dsl.json", "conf": "lacking_conf.json"},
           "behind": {"data_deps": "lacking", "dsl": "dsl.json", "conf": "conf.json"},
           "unknown": {"dsl": "dsl.json", "conf": "unknown_conf.json"}},
         "pipeline_tasks": {"program": {"script": "train.py"}}}
        """);

    Path junit = folder.resolve("wrong.xml");
    Ran ran = ask(suite, "--junit", junit.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.outcomes())
        .containsEntry("good", "passed")
        .containsEntry("broken", "failed")
        .containsEntry("after", "failed")
        .containsEntry("lacking", "no data")
        .containsEntry("behind", "no data")
        .containsEntry("unknown", "no data")
        .containsEntry("program", "no job");
    assertThat(ran.json().get("total")).isEqualTo(3);
    assertThat(ran.json().get("without_data")).isEqualTo(3);
    assertThat(ran.cause("broken")).contains("NoSuch");
    assertThat(ran.cause("after")).contains("needs broken");
    assertThat(ran.cause("lacking")).contains("suites.lacking", "nowhere.csv");
    Document xml =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(junit.toFile());
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(2);
    assertThat(xml.getElementsByTagName("skipped").getLength()).isEqualTo(4);
  }

  /** Ten thousand rounds of training end within the test only if the runner stops them. */
  @Test
  @Timeout(120)
  void jobsThatTakeTooManyTimesAsLongAreStoppedUnlessOthersNeedThem() throws Exception {
    Path suite = Files.createDirectories(folder.resolve("beside"));
    Path jobs = EXAMPLES.resolve("regression").toAbsolutePath().normalize();
    for (String file : List.of("train_dsl", "train_conf", "predict_dsl", "predict_conf")) {
      Files.copy(jobs.resolve(file + ".json"), suite.resolve(file + ".json"));
    }
    String conf = Files.readString(jobs.resolve("train_conf.json"));
    Files.writeString(
        suite.resolve("endless_conf.json"),
        conf.replace("\"max_iter\": 6", "\"max_iter\": 10000")
            .replace("\"tol\": 0.0001", "\"tol\": 0"));
    Path file = suite.resolve("a_testsuite.json");
    Files.writeString(
        file,
        """
        {"data": [
           {"file": "data/breast_hetero_guest.csv", "head": 1, "partition": 2,
            "table_name": "breast_hetero_guest", "namespace": "experiment", "role": "guest_0"},
           {"file": "data/breast_hetero_host.csv", "head": 1, "partition": 2,
            "table_name": "breast_hetero_host", "namespace": "experiment", "role": "host_0"}],
         "tasks": {
           "train": {"dsl": "train_dsl.json", "conf": "train_conf.json"},
           "predict": {"deps": "train", "dsl": "predict_dsl.json", "conf": "predict_conf.json"},
           "endless": {"dsl": "train_dsl.json", "conf": "endless_conf.json"}}}
        """);
    Path other = suite.resolve("other.json");
    Files.writeString(
        other,
        """
        {"results": [
          {"suite": "%1$s", "task": "train", "outcome": "passed", "seconds": 0.001},
          {"suite": "%1$s", "task": "predict", "outcome": "passed", "seconds": 100},
          {"suite": "%1$s", "task": "endless", "outcome": "passed", "seconds": 0.5}]}
        """
            .formatted(file));

    Ran ran =
        ask(
            file,
            "--data-base",
            EXAMPLES.resolve("../..").toString(),
            "--beside",
            other.toString(),
            "--give-up",
            "4");

    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.outcomes())
        .isEqualTo(Map.of("train", "passed", "predict", "passed", "endless", "stopped"));
    assertThat(ran.json().get("total")).isEqualTo(2);
    assertThat(ran.json().get("stopped")).isEqualTo(1);
    Map<String, Double> times =
        ((List<?>) ran.json().get("results"))
            .stream()
                .map(result -> (Map<?, ?>) result)
                .collect(
                    Collectors.toMap(
                        result -> String.valueOf(result.get("task")),
                        result -> ((Number) result.get("times")).doubleValue()));
    assertThat(times.get("train")).isGreaterThan(4);
    assertThat(times.get("predict")).isLessThan(1);
    assertThat(times.get("endless")).isGreaterThanOrEqualTo(4);
    assertThat(ask(file, "--give-up", "4").err()).contains("--give-up: found 4.0, allowed");
    assertThat(ask(file, "--beside", "" + suite.resolve("train_conf.json")).err())
        .contains("found no job that passed");
  }

  @Test
  void benchmarksCompareMetricsWithTheFirstOfTheGroup() throws Exception {
    Path suite = Files.createDirectories(folder.resolve("bench"));
    Path jobs = EXAMPLES.resolve("regression").toAbsolutePath().normalize();
    Files.copy(jobs.resolve("train_dsl.json"), suite.resolve("train_dsl.json"));
    String conf = Files.readString(jobs.resolve("train_conf.json"));
    assertThat(conf).contains("\"max_iter\": 6");
    Files.writeString(
        suite.resolve("train_conf.json"), conf.replace("\"max_iter\": 6", "\"max_iter\": 1"));
    Files.writeString(
        suite.resolve("a_benchmark.json"),
        """
        {"data": [
           {"file": "data/breast_hetero_guest.csv", "head": 1, "partition": 2,
            "table_name": "breast_hetero_guest", "namespace": "experiment", "role": "guest_0"},
           {"file": "data/breast_hetero_host.csv", "head": 1, "partition": 2,
            "table_name": "breast_hetero_host", "namespace": "experiment", "role": "host_0"}],
         "near": {"known": {"metrics": {"auc": 0.98}},
           "job": {"dsl": "train_dsl.json", "conf": "train_conf.json"},
           "compare_setting": {"relative_tol": 0.02}},
         "far": {"known": {"metrics": {"auc": 0.7}},
           "job": {"dsl": "train_dsl.json", "conf": "train_conf.json"},
           "compare_setting": {"relative_tol": 0.02}},
         "blind": {"known": {"metrics": {"r2_score": 0.7}},
           "job": {"dsl": "train_dsl.json", "conf": "train_conf.json"},
           "compare_setting": {"relative_tol": 0.02}}}
        """);

    Ran ran = ask(suite, "--data-base", EXAMPLES.resolve("../..").toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.outcomes())
        .containsEntry("near/job", "passed")
        .containsEntry("far/job", "failed")
        .containsEntry("blind/job", "failed");
    assertThat(ran.cause("far/job")).contains("unlike far/known: auc is 0.9", "not 0.7");
    assertThat(ran.cause("blind/job")).contains("no metric in common");
    assertThat(ran.json().get("total")).isEqualTo(3);
  }

  @Test
  void aSinglePairPredictsAfterAnother() throws Exception {
    Path jobs = EXAMPLES.resolve("regression");
    Ran ran =
        person(
            "--pair",
            jobs.resolve("predict_conf.json").toString(),
            jobs.resolve("predict_dsl.json").toString(),
            "--after",
            jobs.resolve("train_conf.json").toString(),
            jobs.resolve("train_dsl.json").toString(),
            "--data",
            jobs.resolve("regression_testsuite.json").toString(),
            "--json");
    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.outcomes())
        .containsEntry("after train_conf.json", "passed")
        .containsEntry("predict_conf.json", "passed");
  }

  @Test
  void otherPartiesTakeTheRoles() throws Exception {
    Path suite = suite("parties");
    oneTask(suite, "{\"dsl\": \"dsl.json\", \"conf\": \"conf.json\"}");
    Ran ran = ask(suite, "--party", "guest=7001,7002");
    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    Object jobId = TestServer.at(((List<?>) ran.json().get("results")).get(0), "job_id");
    assertThat(server.blocking().jobQuery(Map.of("job_id", jobId)).get(0).get("f_party_id"))
        .hasToString("7001");
    Ran unknown = ask(suite, "--party", "gest=7001");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("found the role gest");
  }

  @Test
  void badSuitesAreRefusedByFileFieldFoundAndAllowed() throws Exception {
    Path suite = suite("bad");
    assertThat(refused(suite, "{\"conf\": \"conf.json\", \"dsl\": \"no.json\"}"))
        .contains("a_testsuite.json: t.dsl: found no.json");
    assertThat(refused(suite, "{\"deps\": \"no\", \"dsl\": \"dsl.json\", \"conf\": \"conf.json\"}"))
        .contains("t.deps: found no");
    assertThat(refused(suite, "{\"deps\": \"t\", \"dsl\": \"dsl.json\", \"conf\": \"conf.json\"}"))
        .contains("t.deps: found a circle of [t]");
    assertThat(refused(suite, "{\"dsl\": \"dsl.json\"}")).contains("t.conf: found nothing");
    Path none = Files.createDirectories(folder.resolve("none"));
    assertThat(ask(none).err()).contains("no *testsuite.json or *benchmark.json in");
    assertThat(person().code()).isEqualTo(2);
    assertThat(ask(suite, "--parallel", "0").err()).contains("--parallel: found 0, allowed 1..64");
  }

  /** The job that made a cache is told to the loader where its conf leaves that open. */
  @Test
  void cachesOfOneJob_areLoadedByAnother() {
    Ran ran = ask(EXAMPLES.resolve("caches"));
    assertThat(ran.outcomes())
        .isEqualTo(
            Map.of(
                "make_on_curve", "passed",
                "load_on_curve", "passed",
                "make_signed", "passed",
                "load_signed", "passed"));
  }

  @Test
  @EnabledIfSystemProperty(named = "fedflow.suites", matches = "all")
  void allShippedSuitesPass() throws Exception {
    Ran ran = ask(EXAMPLES);
    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
  }

  private static String refused(Path suite, String task) throws Exception {
    oneTask(suite, task);
    Ran ran = ask(suite);
    assertThat(ran.code()).isEqualTo(1);
    return ran.err();
  }

  private static void oneTask(Path suite, String task) throws Exception {
    Files.writeString(
        suite.resolve("a_testsuite.json"),
        "{\"data\": [{\"file\": \"rows.csv\", \"head\": 1, \"partition\": 2, \"table_name\":"
            + " \"tiny\", \"namespace\": \"suites\", \"role\": \"guest_0\"}], \"tasks\": {\"t\": "
            + task
            + "}}");
  }

  /** A folder with a small table and a job that reads it. */
  private static Path suite(String name) throws Exception {
    Path suite = Files.createDirectories(folder.resolve(name));
    Files.writeString(suite.resolve("rows.csv"), "id,x0\na,1\nb,2\n");
    Files.writeString(suite.resolve("dsl.json"), TINY_DSL);
    Files.writeString(suite.resolve("conf.json"), TINY_CONF.formatted("tiny"));
    return suite;
  }

  private static double metric(Object result, String name) {
    return ((Number) TestServer.at(result, "metrics", name)).doubleValue();
  }

  private static Ran ask(Path suites, String... more) {
    String[] words = new String[more.length + 2];
    words[0] = suites.toString();
    words[1] = "--json";
    System.arraycopy(more, 0, words, 2, more.length);
    return person(words);
  }

  private static Ran person(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        FedflowCommand.line("test", List.of(new TestsuiteCommand(new LocalDemoSites())))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    String[] all = new String[words.length + 3];
    all[0] = "testsuite";
    all[1] = "--server";
    all[2] = server.server().url();
    System.arraycopy(words, 0, all, 3, words.length);
    int code = line.execute(all);
    return new Ran(code, out.toString(), err.toString());
  }
}
