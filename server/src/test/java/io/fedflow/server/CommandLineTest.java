package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.pipeline.SecureAddExample;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.server.cli.DemoCommand;
import io.fedflow.server.cli.FedflowCommand;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a real server. */
class CommandLineTest {

  @TempDir static Path folder;
  private static TestServer server;
  private static Path guest;
  private static Path host;

  /** What a command printed and how it ended. */
  private record Ran(int code, String out, String err) {

    Map<?, ?> json() {
      String[] lines = out.strip().split("\n");
      return (Map<?, ?>) new JacksonJsonCodec().read(lines[lines.length - 1]);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.standalone(folder.resolve("data"));
    guest = example("data/breast_hetero_guest.csv");
    host = example("data/breast_hetero_host.csv");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void uploadsSubmitsWaitsAndTellsByExitCode() throws Exception {
    assertThat(ask("data", "upload", guest.toString()).out())
        .contains("experiment.breast_hetero_guest");
    assertThat(ask("data", "upload", host.toString(), "--json").json().get("status"))
        .isEqualTo("success");
    Path dsl = example("jobs/demo_dsl.json");
    Path conf = quick(example("jobs/demo_conf.json"));

    Ran submitted = ask("job", "submit", "--wait", "-d", dsl.toString(), "-c", conf.toString());

    assertThat(submitted.code()).isZero();
    assertThat(submitted.out())
        .contains("hetero_lr_0: running")
        .contains("hetero_lr_0: iteration 1 of 2, loss 0.69")
        .contains("evaluation_0: success")
        .containsPattern("job \\d+: success");
    String jobId = submitted.out().replaceAll("(?s)^job (\\d+).*", "$1");
    assertThat(ask("job", "wait", jobId, "--json").json().get("status")).isEqualTo("success");
    Ran followed = ask("job", "wait", jobId, "--follow");
    assertThat(followed.out()).contains("evaluation_0: success").contains(": success");
    assertThat(ask("job", "query", jobId).out()).contains("evaluation_0").contains("arbiter");
    Path summaries = Files.createDirectories(folder.resolve("summaries"));
    Ran summary =
        ask(
            ("flow component get-summary -r guest -p 9999 -cpn evaluation_0 -j " + jobId)
                .split(" "),
            "-o",
            summaries.toString());
    assertThat(summary.code()).isZero();
    assertThat(summaries).isDirectoryContaining("glob:**/summary_evaluation_0_*.json");
    Path predictDsls = Files.createDirectories(folder.resolve("dsls"));
    Path names = Files.writeString(folder.resolve("names"), "dataio_0\nhetero_lr_0\n");
    Ran derived =
        ask(
            "flow job dsl --train-dsl-path".split(" "),
            dsl.toString(),
            "--cpn-path",
            names.toString(),
            "-o",
            predictDsls.toString());
    assertThat(derived.code()).as(derived.err()).isZero();
    assertThat(predictDsls).isDirectoryContaining("glob:**/predict_dsl_*.json");
    weightsOfEvidenceGoToTheHost(jobId);
    assertThat(ask("flow", "component", "metric-delete", "-j", jobId).out())
        .contains("deleted the metrics of job " + jobId);
    assertThat(
            ask(("flow component metrics -r guest -p 9999 -cpn evaluation_0 -j " + jobId)
                    .split(" "))
                .out()
                .strip())
        .isEqualTo("{}");
    assertThat(ask("job", "query").out()).contains(jobId);
    assertThat(ask("job", "explain", jobId).out())
        .startsWith("job: ended (guest:9999) since ")
        .contains("the job ended well")
        .contains("remedy: ");
    assertThat(ask("job", "explain", jobId, "--json").json().get("job_id")).isEqualTo(jobId);
    Ran unknown = ask("job", "explain", "1");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("does not know job 1");
    assertThat(ask("job", "log", jobId, "--party", "guest:9999").out())
        .contains("guest:9999 hetero_lr_0")
        .doesNotContain("host:10000 ");
    assertThat(ask("job", "stop", jobId).out()).contains("ended before as success");
    Ran cleaned = ask("job", "clean", jobId, "--role", "host");
    assertThat(cleaned.code()).isZero();
    assertThat(cleaned.out()).contains("cleaned " + jobId);
    assertThat(ask("job", "clean", jobId, "--json").json().get("cleaned"))
        .isEqualTo(List.of(jobId));
    Ran nothing = ask("job", "clean", "1");
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("nothing was cleaned");
  }

  private static void weightsOfEvidenceGoToTheHost(String jobId) throws Exception {
    Object config = server.blocking().config(jobId);
    String modelId = String.valueOf(TestServer.at(config, "model_info", "model_id"));
    String[] model = {
      "-cpn", "hetero_feature_binning_0", "--model-id", modelId, "--model-version", jobId
    };
    Path arrays = folder.resolve("woe.json");
    Ran extracted =
        ask(words("flow component woe-array-extract -r guest -p 9999 -o " + arrays), model);
    assertThat(extracted.code()).as(extracted.err()).isZero();
    assertThat(arrays).content().contains("\"host_10000_x0\"");
    Ran merged =
        ask(words("flow component woe-array-merge -r host -p 10000 --json -i " + arrays), model);
    assertThat(merged.code()).as(merged.err()).isZero();
    String version = String.valueOf(TestServer.at(merged.json().get("data"), "model_version"));
    assertThat(version).isNotEqualTo(jobId);
    Ran host =
        ask(
            words("flow model get-model-info -r host -p 10000 --json --model-version " + version),
            "--model-id",
            modelId);
    assertThat(host.code()).isZero();
    assertThat(host.out()).contains(version);
    Party party = Party.of("host", "10000");
    assertThat(
            server
                .server()
                .site()
                .models()
                .load(version, party, "hetero_feature_binning_0")
                .orElseThrow()
                .param())
        .isNotEqualTo(
            server
                .server()
                .site()
                .models()
                .load(jobId, party, "hetero_feature_binning_0")
                .orElseThrow()
                .param());
    assertThat(server.server().site().models().load(version, party, "hetero_lr_0")).isPresent();
    Ran again =
        ask(
            words("flow component woe-array-merge -r host -p 10000 -i " + folder.resolve("none")),
            model);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("no readable text file");
  }

  private static String[] words(String line) {
    return line.split(" ");
  }

  @Test
  void aRefusedJobShowsEveryProblemAndFails() throws Exception {
    Path dsl = example("jobs/demo_dsl.json");
    Path conf = folder.resolve("bad.json");
    Files.writeString(conf, "{\"initiator\": {\"role\": \"guest\"}}");

    Ran refused = ask("job", "submit", "-d", dsl.toString(), "-c", conf.toString());

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("conf/initiator/party_id").contains("conf/role");
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void aFailedJobFailsTheCommand() throws Exception {
    Path csv = Files.writeString(folder.resolve("short.csv"), "id,x\n");

    Ran ran = ask("data", "upload", csv.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("failed").contains("no data row");
  }

  @Test
  void newFitsTheDocumentsToOnesFiles() throws Exception {
    Path target = folder.resolve("own");

    Ran ran = run("new", target.toString(), "--guest", guest.toString(), "--host", host.toString());

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("./fedflow data upload").contains("./fedflow job submit");
    assertThat(Files.readString(target.resolve("job_runtime_conf.json")))
        .contains("\"name\": \"breast_hetero_guest\"")
        .contains("\"label_name\": \"y\"");
    assertThat(Files.readString(target.resolve("job_dsl.json"))).contains("\"intersection_0\"");
    Ran again =
        run("new", target.toString(), "--guest", guest.toString(), "--host", host.toString());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("exists already");
  }

  @Test
  void newNamesTheColumnsIfTheLabelIsNoneOfThem() throws Exception {
    Ran ran =
        run(
            "new",
            folder.resolve("none").toString(),
            "--guest",
            guest.toString(),
            "--host",
            host.toString(),
            "--label",
            "diagnosis");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("'diagnosis'").contains("[y, x0, x1");
  }

  @Test
  void noServerIsOneLineWithTheRemedy() {
    Ran ran = run("job", "query", "--server", "http://127.0.0.1:1");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err().strip().lines()).hasSize(1);
    assertThat(ran.err()).contains("http://127.0.0.1:1");
  }

  @Test
  void wrongOptionsEndWithTheUsageCode() {
    assertThat(run("job", "query", "--server", "nowhere").code()).isEqualTo(2);
    assertThat(run("demo", "--processes", "2").err()).contains("found 2, allowed 1 or 3");
    assertThat(run().code()).isEqualTo(2);
    assertThat(run("--help").out()).contains("server").contains("demo").contains("new");
  }

  @Test
  void tellsVersions() {
    assertThat(run("version", "--json").json().get("fedflow")).isEqualTo(Product.version());
    assertThat(ask("version", "--of-server").out()).contains("FATEFlow");
  }

  @Test
  void flowCommandsAskAndTellByExitCode() throws Exception {
    Path csv = Files.writeString(folder.resolve("flow.csv"), "id,x\n1,2\n");
    Path conf =
        Files.writeString(
            folder.resolve("upload.json"),
            new JacksonJsonCodec()
                .write(
                    Map.of(
                        "file",
                        csv.toString(),
                        "namespace",
                        "flow",
                        "table_name",
                        "t",
                        "head",
                        1,
                        "partition",
                        1)));
    Ran uploaded = ask("flow", "data", "upload", "-c", conf.toString(), "--drop", "--json");
    assertThat(uploaded.code()).isZero();
    String jobId = (String) uploaded.json().get("jobId");
    assertThat(ask("job", "wait", jobId).code()).isZero();
    Ran queried = ask("flow", "job", "query", "-j", jobId, "-r", "local", "-p", "0");
    assertThat(queried.out()).contains("f_job_id").contains(jobId).contains("success");
    assertThat(ask("flow", "table", "info", "-n", "flow", "-t", "t").out())
        .contains("\"count\": 1");
    Path logs = folder.resolve("logs");
    assertThat(ask("flow", "job", "log", "-j", jobId, "-o", logs.toString()).code()).isZero();
    assertThat(logs.resolve("job_" + jobId + "_log")).isNotEmptyDirectory();
    Ran refused = ask("flow", "job", "stop", "-j", "1");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).startsWith("fedflow: ");
    Ran refusedInJson = ask("flow", "job", "stop", "-j", "1", "--json");
    assertThat(refusedInJson.code()).isEqualTo(1);
    assertThat(refusedInJson.json().get("retcode")).isEqualTo(102);
  }

  @Test
  void documentsAreValidatedWithoutAServer() throws Exception {
    Path dsl = example("jobs/demo_dsl.json");
    Path conf = example("jobs/demo_conf.json");
    Ran good = run("pipeline", "validate", dsl.toString(), conf.toString());
    assertThat(good.code()).isZero();
    assertThat(good.out()).contains("no problem");
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.json"),
            Files.readString(dsl)
                .replace("\"HeteroLR\"", "\"HeteroLogistic\"")
                .replace("\"Evaluation\"", "\"Evaluate\""));
    Ran bad = run("pipeline", "validate", wrong.toString(), conf.toString());
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out()).contains("HeteroLogistic").contains("Evaluate");
    Map<?, ?> json =
        run("pipeline", "validate", wrong.toString(), conf.toString(), "--json").json();
    assertThat(json.get("valid")).isEqualTo(false);
    assertThat((List<?>) json.get("problems")).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void documentsInOneFile_areValidated() throws Exception {
    JacksonJsonCodec codec = new JacksonJsonCodec();
    Object dsl = codec.read(Files.readString(example("jobs/pipeline_dsl.json")));
    Object conf = codec.read(Files.readString(example("jobs/pipeline_conf.json")));
    Path both =
        Files.writeString(
            folder.resolve("both.json"),
            codec.write(Map.of("job_dsl", dsl, "job_runtime_conf", conf)));
    Ran good = run("pipeline", "validate", both.toString());
    assertThat(good.code()).as(good.out()).isZero();
    Path saved = folder.resolve("saved.json");
    new Pipeline()
        .setInitiator(Role.GUEST, "9999")
        .setRoles(List.of("9999"), List.of("10000"), List.of())
        .addComponent(new SecureAddExample("toy_0").dataNum(-1).partition(-1))
        .save(saved, codec);
    Ran wrong = run("pipeline", "validate", saved.toString());
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out()).contains("data_num", "partition");
    Path alone = example("jobs/pipeline_dsl.json");
    Ran half = run("pipeline", "validate", alone.toString());
    assertThat(half.code()).isEqualTo(1);
    assertThat(half.err()).contains("found the keys [components]", "job_runtime_conf");
    Ran none = run("pipeline", "validate", "/no/dsl.json", "/no/conf.json");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.out()).contains("/no/dsl.json", "/no/conf.json");
  }

  @Test
  void theMinimalTest_trainsDeploysAndPredicts() throws Exception {
    for (Path table : List.of(guest, host)) {
      assertThat(ask("data", "upload", table.toString()).code()).isZero();
    }
    Path output = folder.resolve("min");
    Ran ran =
        ask(
            words("flow test min -gid 9999 -hid 10000 -aid 10001 --json --sbt"),
            "-o",
            output.toString());
    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    List<?> results = (List<?>) ran.json().get("results");
    assertThat(results).hasSize(2);
    List<String> components = List.of("hetero_lr_0", "hetero_secure_boost_0");
    for (int i = 0; i < components.size(); i++) {
      Object result = results.get(i);
      assertThat(TestServer.at(result, "component")).isEqualTo(components.get(i));
      assertThat(TestServer.at(result, "good")).as(result.toString()).isEqualTo(true);
      assertThat(TestServer.at(result, "predictions")).isEqualTo(569);
      assertThat(((Number) TestServer.at(result, "auc")).doubleValue()).isBetween(0.98, 1.0);
    }
  }

  @Test
  void theToyTest_addsInSecret() {
    Path logs = folder.resolve("toy");
    String[] toy = "flow test toy -gid 9999 -hid 10000".split(" ");
    Ran ran = ask(toy, "-o", logs.toString());
    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out())
        .contains(" is success")
        .contains("secure_add_guest: give one share to host:10000")
        .contains("secure_add_guest: success, the secure sum is 2000")
        .doesNotContain("secure_add_host");
    assertThat(logs).isDirectoryContaining("glob:**/job_*_log");
    Map<?, ?> json = ask(toy, "-o", logs.toString(), "--json").json();
    assertThat(json.get("status")).isEqualTo("success");
    assertThat((List<?>) json.get("log")).isNotEmpty();
  }

  @Test
  void theOfficialToyJob_runs() throws Exception {
    // As FATE's program sends it: party ids are texts, the host's seed stands a level too high.
    Map<String, Object> conf =
        TestJobs.map(
            """
            {"dsl_version": 2, "initiator": {"role": "guest", "party_id": "9999"},
             "role": {"guest": ["9999"], "host": ["10000"]},
             "job_parameters": {"common": {"task_cores": 2},
               "role": {"guest": {"0": {"user": ""}}, "host": {"0": {"user": ""}}}},
             "component_parameters": {
               "common": {"secure_add_example_0": {"partition": 4, "data_num": 1000}},
               "role": {"guest": {"0": {"secure_add_example_0": {"seed": 123}}},
                 "host": {"secure_add_example_0": {"seed": 321}}}}}
            """);
    Map<String, Object> dsl =
        TestJobs.map(
            "{\"components\": {\"secure_add_example_0\": {\"module\": \"SecureAddExample\"}}}");
    Map<String, Object> end = server.run(dsl, conf);
    assertThat(end).containsEntry("status", "success");
    Object summary =
        server
            .blocking()
            .summary(TestServer.guest(String.valueOf(end.get("job_id")), "secure_add_example_0"));
    assertThat(TestServer.at(summary, "secure_sum")).isEqualTo(2000);
  }

  @Test
  void examplesCanBeTakenAway() throws Exception {
    Path target = folder.resolve("templates");
    Ran ran = ask("flow template download --min-data 1".split(" "), "-o", target.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    for (String conf : List.of("upload_guest.json", "upload_host.json")) {
      Path file = target.resolve("fateflow_examples/upload").resolve(conf);
      Object tree = new JacksonJsonCodec().read(Files.readString(file));
      assertThat(target.resolve(String.valueOf(TestServer.at(tree, "file")))).exists();
    }
    Path jobs = target.resolve("fate_examples/jobs");
    for (String name : List.of("demo", "pipeline")) {
      Ran valid =
          run(
              "pipeline",
              "validate",
              jobs.resolve(name + "_dsl.json").toString(),
              jobs.resolve(name + "_conf.json").toString());
      assertThat(valid.code()).as(valid.out()).isZero();
    }
  }

  @Test
  void uploads_tellHowFarTheyAre() throws Exception {
    Path csv = Files.writeString(folder.resolve("big.csv"), "id,x\n" + "1,2\n".repeat(500_000));
    String settings =
        new JacksonJsonCodec()
            .write(
                Map.of(
                    "file",
                    csv.toString(),
                    "namespace",
                    "flow",
                    "table_name",
                    "big",
                    "head",
                    1,
                    "partition",
                    1));
    Path conf = Files.writeString(folder.resolve("big.json"), settings);
    Ran ran = ask("flow", "data", "upload", "-c", conf.toString(), "--drop", "--verbose");
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).contains(" 50 %").contains(" 100 %");
  }

  private static Ran ask(String[] command, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    all.addAll(Arrays.asList(more));
    return ask(all.toArray(String[]::new));
  }

  private static Ran ask(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--server");
    all.add(server.server().url());
    return run(all.toArray(String[]::new));
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        FedflowCommand.line(
            Product.version(), List.of(new ServerCommand(), new DemoCommand(new LocalDemoSites())));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int code = line.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private static Path quick(Path conf) throws IOException {
    return Files.writeString(
        conf,
        Files.readString(conf)
            .replace("\"key_length\": 2048", "\"key_length\": 1024")
            .replace("\"max_iter\": 30", "\"max_iter\": 2"));
  }

  private static Path example(String name) throws IOException {
    Path target = folder.resolve(Path.of(name).getFileName());
    try (InputStream in =
        CommandLineTest.class.getResourceAsStream("/io/fedflow/server/cli/" + name)) {
      Files.write(target, in.readAllBytes());
    }
    return target;
  }
}
