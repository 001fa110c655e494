package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static void failed(Map<String, Object> end, String... said) {
    assertThat(end).containsEntry("status", "failed");
    assertThat(String.valueOf(end.get("cause"))).contains(said);
  }
}
