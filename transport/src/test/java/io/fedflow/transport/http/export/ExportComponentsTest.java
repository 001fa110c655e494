package io.fedflow.transport.http.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import io.fedflow.transport.http.fake.FakeData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The components that write tables, as jobs run them. */
class ExportComponentsTest {

  private static final Party LOCAL = new Party(Role.LOCAL, "0");
  private static final Party HOST = new Party(Role.HOST, "1");

  @TempDir Path folder;
  private final FakeData data = new FakeData();
  private Path out;
  private Component download;
  private Component writer;

  @BeforeEach
  void start() throws Exception {
    out = Files.createDirectories(folder.resolve("out"));
    ExportFolders folders = new ExportFolders(List.of(out));
    download = new DownloadComponent(data, folders);
    writer = new WriterComponent(data, folders);
    data.store(StoreRequest.upload("n", "t"), table());
  }

  private static Table table() {
    return new Table(
        new TableSchema(TableKind.RAW, "id", List.of(ColumnSpec.text("x")), ","),
        new String[] {"1", "2"},
        List.of(new Column.Texts(new String[] {"a;b", "c"})));
  }

  private static Map<String, Object> params(Object... some) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("namespace", "n");
    params.put("name", "t");
    for (int i = 0; i < some.length; i += 2) {
      params.put((String) some[i], some[i + 1]);
    }
    return params;
  }

  private static Result run(Component component, Party party, Map<String, Object> params) {
    return new ComponentHarness(component, new Parties(Map.of(party.role(), List.of(party.id()))))
        .params(params)
        .run();
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.walk(out)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void tables_becomeFiles() throws Exception {
    String file = out.resolve("deep/er/t.csv").toString();
    Result done = run(download, LOCAL, params("output_path", file, "delimiter", ";")).succeeded();
    assertThat(Files.readString(Path.of(file))).isEqualTo("id;x\n1;\"a;b\"\n2;c\n");
    assertThat(done.trackers().get(LOCAL).summary()).containsEntry("count", 2L);
    assertThat(files()).containsExactly(Path.of(file));

    assertThat(run(download, LOCAL, params("output_path", file)).rootFailure())
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("export.exists"));
    run(download, LOCAL, params("output_path", file, "overwrite", true)).succeeded();
    assertThat(Files.readString(Path.of(file))).isEqualTo("id,x\n1,a;b\n2,c\n");
  }

  @Test
  void whatFails_leavesNoFile() throws Exception {
    data.damaged = "t";
    assertThat(
            run(download, LOCAL, params("output_path", out.resolve("t.csv").toString()))
                .rootFailure())
        .hasMessageContaining("damaged");
    assertThat(files()).isEmpty();
  }

  @Test
  void linksThatAppearLater_areNotFollowed() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.createSymbolicLink(out.resolve("way"), other);
    assertThat(
            run(download, LOCAL, params("output_path", out.resolve("way/t.csv").toString()))
                .rootFailure())
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("export.forbidden"));
    Files.createSymbolicLink(out.resolve("t.csv"), other.resolve("t.csv"));
    assertThat(
            run(
                    download,
                    LOCAL,
                    params("output_path", out.resolve("t.csv").toString(), "overwrite", true))
                .rootFailure())
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("export.forbidden"));
    try (Stream<Path> all = Files.list(other)) {
      assertThat(all).isEmpty();
    }
  }

  @Test
  void tables_getOtherNames() {
    Map<String, Object> copy = params("output_namespace", "n2", "output_name", "t2");
    Result done = run(writer, LOCAL, copy).succeeded();
    assertThat(data.read("n2", "t2").ids()).containsExactly("1", "2");
    assertThat(done.trackers().get(LOCAL).summary())
        .containsEntry("count", 2L)
        .containsEntry("storage_engine", "STANDALONE");
    assertThat(run(writer, LOCAL, copy).rootFailure()).hasMessageContaining("exists");
    copy.put("overwrite", true);
    run(writer, LOCAL, copy).succeeded();
    // Others start jobs at a host, too: there nothing is ever replaced.
    assertThat(run(writer, HOST, copy).rootFailure()).hasMessageContaining("exists");
  }

  @Test
  void inputs_areWrittenAsFiles() throws Exception {
    Path file = out.resolve("in.csv");
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("storage_engine", "path");
    params.put("address", Map.of("path", file.toString()));
    Result done =
        new ComponentHarness(writer, new Parties(Map.of(Role.HOST, List.of("1"))))
            .params(params)
            .inputs(
                HOST,
                new TaskInputs(
                    Map.of("data", List.of(new DataInput("a.b", table()))),
                    Optional.empty(),
                    List.of()))
            .run()
            .succeeded();
    assertThat(Files.readString(file)).isEqualTo("id,x\n1,a;b\n2,c\n");
    assertThat(done.trackers().get(HOST).summary()).containsEntry("storage_engine", "PATH");
  }

  @Test
  void whatCannotBeWritten_isRefusedBeforeTheRun() {
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            params(),
            params("storage_engine", "MYSQL", "address", Map.of("path", "x")),
            params("storage_engine", "PATH"),
            params("storage_engine", "PATH", "address", Map.of()))) {
      Problems problems = new Problems();
      writer.descriptor().resolve(wrong, "params", problems);
      assertThat(problems.errors()).as("%s", wrong).hasSize(1);
    }
  }
}
