package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hears about bad documents and bad tables. */
class BadInputTest {

  private static final String[] GUEST_TABLE = {"role_parameters", "guest", "args", "data"};

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.standalone(folder).withDemoTables();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anUnknownModuleIsNamedWithThoseThereAre() {
    refused(
        TestJobs.with(TestJobs.demoDsl(), "HeteroMagic", "components", "hetero_lr_0", "module"),
        TestJobs.demoConf(1),
        "dsl/components/hetero_lr_0/module",
        "HeteroMagic",
        "HeteroLR");
  }

  @Test
  void aCycleIsNamed() {
    refused(
        TestJobs.with(
            TestJobs.demoDsl(),
            List.of("hetero_lr_0.train"),
            "components",
            "hetero_feature_binning_0",
            "input",
            "data",
            "data"),
        TestJobs.demoConf(1),
        "cycle",
        "hetero_lr_0");
  }

  @Test
  void aMissingUpstreamIsNamed() {
    refused(
        TestJobs.with(
            TestJobs.demoDsl(),
            List.of("nobody_0.train"),
            "components",
            "evaluation_0",
            "input",
            "data",
            "data"),
        TestJobs.demoConf(1),
        "dsl/components/evaluation_0/input/data/data",
        "nobody_0");
  }

  @Test
  void anUnknownParameterIsNamedWithItsPlace() {
    refused(
        TestJobs.demoDsl(),
        TestJobs.with(
            TestJobs.demoConf(1), 7, "algorithm_parameters", "hetero_lr_0", "learning_speed"),
        "learning_speed");
  }

  @Test
  void aParameterOutOfRangeIsNamedWithItsRange() {
    refused(
        TestJobs.demoDsl(),
        TestJobs.with(TestJobs.demoConf(1), 0, "algorithm_parameters", "hetero_lr_0", "max_iter"),
        "max_iter",
        "found 0");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    refused(
        TestJobs.with(TestJobs.demoDsl(), "Nothing", "components", "evaluation_0", "module"),
        TestJobs.with(TestJobs.demoConf(1), 0, "algorithm_parameters", "hetero_lr_0", "max_iter"),
        "Nothing",
        "max_iter");
  }

  @Test
  void anUnknownTableIsNamedWithTheParty() {
    refused(
        TestJobs.demoDsl(),
        TestJobs.with(
            TestJobs.demoConf(1),
            Map.of("train_data", List.of(Map.of("name", "nowhere", "namespace", "experiment"))),
            GUEST_TABLE),
        "guest:9999",
        "experiment.nowhere",
        "upload");
  }

  @Test
  void aMissingLabelColumnFailsTheJobWithPartyComponentAndReason() throws Exception {
    Map<String, Object> conf =
        TestJobs.with(
            TestJobs.demoConf(1),
            List.of("diagnosis"),
            "role_parameters",
            "guest",
            "dataio_0",
            "label_name");

    failed(server.run(TestJobs.demoDsl(), conf), "guest:9999", "dataio_0", "diagnosis");
  }

  @Test
  void aCellThatIsNoNumberFailsTheJob() throws Exception {
    table("bad_cell", "id,y,x0\na,1,0.5\nb,0,half\nc,1,0.25\n");

    failed(
        server.run(TestJobs.demoDsl(), onGuestTable("bad_cell")), "guest:9999", "dataio_0", "x0");
  }

  @Test
  void tablesOfDifferentIdsFailBeforeTrainingWithTheAdviceToIntersect() throws Exception {
    table("one_row", "id,y,x0\npatient-0001,1,0.5\n");

    failed(server.run(TestJobs.demoDsl(), onGuestTable("one_row")), "569", "Intersection");
  }

  @Test
  void aRaggedFileIsRefusedWithItsLine() throws Exception {
    failed(server.ended(server.upload("ragged", "id,x0\na,1\nb,1,2\n")), "line 3", "found 3");
  }

  @Test
  void anEmptyFileIsRefused() throws Exception {
    failed(server.ended(server.upload("empty", "id,x0\n")), "no data row");
  }

  @Test
  void anOutputNameDeclaredTwiceIsNamed() {
    refused(
        TestJobs.with(
            TestJobs.demoDsl(),
            List.of("train", "train"),
            "components",
            "dataio_0",
            "output",
            "data"),
        TestJobs.demoConf(1),
        "dsl/components/dataio_0/output/data",
        "train");
  }

  @Test
  void anInitiatorThatIsNoPartyOfTheJobIsNamed() {
    refused(
        TestJobs.demoDsl(),
        TestJobs.with(TestJobs.demoConf(1), 1234, "initiator", "party_id"),
        "conf/initiator",
        "1234",
        "9999");
  }

  @Test
  void aRoleThatNoModuleSupportsIsNamed() {
    refused(
        TestJobs.demoDsl(),
        TestJobs.with(TestJobs.demoConf(1), List.of("5"), "role", "gast"),
        "conf/role/gast");
  }

  @Test
  void anUnknownJobParameterIsAWarningOnly() throws Exception {
    Submission accepted =
        server
            .blocking()
            .submit(
                TestJobs.demoDsl(),
                TestJobs.with(TestJobs.demoConf(1), 1, "job_parameters", "work_mod"));

    assertThat(accepted.message())
        .contains("conf/job_parameters/work_mod", "unknown job parameter", "work_mode");
    assertThat(server.ended(accepted.jobId())).containsEntry("status", "success");
  }

  @Test
  void aKeyTooSmallIsNamedWithItsPlace() {
    refused(
        TestJobs.demoDsl(),
        TestJobs.with(
            TestJobs.demoConf(1),
            64,
            "algorithm_parameters",
            "hetero_lr_0",
            "encrypt_param",
            "key_length"),
        "hetero_lr_0",
        "key_length",
        "found 64");
  }

  @Test
  void notANumberWhereNumbersAreNeededFailsTheJobAtAllParties() throws Exception {
    String rows = Files.readString(folder.resolve("breast_hetero_guest.csv"));
    table("nan_cell", rows.replaceFirst("(patient-[0-9]+,[01],)[-.0-9]+", "$1NaN"));

    failed(server.run(TestJobs.demoDsl(), onGuestTable("nan_cell")), "guest:9999", "hetero_lr_0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "-Infinity", "1e999"})
  void anInfiniteNumberFailsTheJobAtAllParties(String cell) throws Exception {
    String rows = Files.readString(folder.resolve("breast_hetero_guest.csv"));
    String name = "infinite_" + cell.replaceAll("[^a-z0-9]", "_");
    table(name, rows.replaceFirst("(patient-[0-9]+,[01],)[-.0-9]+", "$1" + cell));

    failed(server.run(TestJobs.demoDsl(), onGuestTable(name)), "guest:9999", "x0", "finite");
  }

  @Test
  void theLastRowOfAnIdWinsWithACountedWarning() throws Exception {
    String jobId = server.upload("twice", "id,x0\na,1\na,2\nb,3\n");

    assertThat(server.ended(jobId)).containsEntry("status", "success");
    assertThat(server.blocking().table(TestServer.NAMESPACE, "twice")).containsEntry("count", 2);
    assertThat(server.blocking().log(jobId, "local", "0", "", "warning", 0).toString())
        .contains("1 rows were replaced");
  }

  @Test
  void duplicateIdsAreRefusedOnRequestWithTheirRows() throws Exception {
    String jobId =
        server.upload("once", "id,x0\na,1\nb,2\na,3\n", Map.of("duplicate_ids", "error"));

    failed(server.ended(jobId), "data row 3", "data row 1", "duplicate_ids is error");
  }

  @Test
  void anUnknownWayWithDuplicateIdsIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> server.upload("odd", "id,x0\na,1\n", Map.of("duplicate_ids", "first")))
        .isInstanceOf(FedflowException.class)
        .message()
        .contains("duplicate_ids", "first", "last", "error");
  }

  @Test
  void aJobThatNobodyKnowsIsToldSo() {
    assertThatThrownBy(() -> server.blocking().job("209901010000000000000"))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("does not know the job");
  }

  private static Map<String, Object> onGuestTable(String name) {
    return TestJobs.with(
        TestJobs.demoConf(1),
        Map.of("train_data", List.of(Map.of("name", name, "namespace", TestServer.NAMESPACE))),
        GUEST_TABLE);
  }

  private static void table(String name, String text) throws Exception {
    assertThat(server.ended(server.upload(name, text))).containsEntry("status", "success");
  }

  private static void refused(Map<String, Object> dsl, Map<String, Object> conf, String... said) {
    assertThatThrownBy(() -> server.blocking().submit(dsl, conf))
        .isInstanceOf(FedflowException.class)
        .message()
        .contains(said);
  }

  /** Failed, and every party's view says why. */
  private static void failed(Map<String, Object> end, String... said) throws Exception {
    assertThat(end).containsEntry("status", "failed");
    List<?> views =
        (List<?>) server.blocking().job(String.valueOf(end.get("job_id"))).get("parties");
    assertThat(views)
        .isNotEmpty()
        .allSatisfy(
            view -> {
              assertThat(TestServer.at(view, "status")).isEqualTo("failed");
              assertThat(String.valueOf(TestServer.at(view, "cause"))).contains(said);
            });
  }
}
