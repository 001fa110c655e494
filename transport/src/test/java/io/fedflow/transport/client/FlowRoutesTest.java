package io.fedflow.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fedflow.transport.client.RecordingServer.Arrived;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method puts on the wire what FATE's client does. */
@Timeout(60)
class FlowRoutesTest {

  private static final ComponentAt AT = new ComponentAt("j1", "lr_0", "guest", "9999");
  private static final String AT_JSON =
      "{'job_id':'j1','component_name':'lr_0','role':'guest','party_id':9999,"
          + "'local':{'role':'guest','party_id':9999}}";
  private static final TaskFilter FILTER =
      TaskFilter.job("j1").at("host", "10000").component("lr_0").status("running");
  private static final String FILTER_JSON =
      "{'job_id':'j1','component_name':'lr_0','status':'running','role':'host','party_id':10000,"
          + "'local':{'role':'host','party_id':10000}}";
  private static final ModelAt MODEL = new ModelAt("m#1", "2026");
  private static final String M = "'model_id':'m#1','model_version':'2026'";
  private static final String PARTY =
      "'role':'guest','party_id':9999,'local':{'role':'guest','party_id':9999}";
  private static final Map<String, Object> CONF = Map.of("a", 1);

  private RecordingServer server;
  private FlowClient client;

  @BeforeEach
  void start() {
    server = new RecordingServer();
    client = new FlowClient("127.0.0.1", server.port(), "v1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        call(
            "job/submit",
            "{'job_runtime_conf':{'a':1},'job_dsl':{'b':2}}",
            c -> c.job().submit(CONF, Map.of("b", 2))),
        call(
            "job/submit",
            "{'job_runtime_conf':{'a':1},'job_dsl':null}",
            c -> c.job().submit(CONF, null)),
        call("job/list/job", "{'limit':10}", c -> c.job().list(10)),
        call("job/data/view/query", FILTER_JSON, c -> c.job().view(FILTER)),
        call("job/query", FILTER_JSON, c -> c.job().query(FILTER)),
        call(
            "job/query",
            "{'job_id':'j1','role':'guest','local':{'role':'guest'}}",
            c -> c.job().query(TaskFilter.job("j1").at("guest", null))),
        call("job/query", "{}", c -> c.job().query(TaskFilter.all())),
        call("job/stop", "{'job_id':'j1'}", c -> c.job().stop("j1")),
        call(
            "job/rerun",
            "{'job_id':'j1','force':true,'component_name':['lr_0']}",
            c -> c.job().rerun("j1", true, List.of("lr_0"))),
        call(
            "job/rerun",
            "{'job_id':'j1','force':false}",
            c -> c.job().rerun("j1", false, List.of())),
        call(
            "job/parameter/update",
            "{'a':1,'job_id':'j1'}",
            c -> c.job().parameterUpdate("j1", CONF)),
        call(
            "job/config",
            "{'job_id':'j1'," + PARTY + "}",
            c -> c.job().config("j1", "guest", "9999")),
        call(
            "job/dsl/generate",
            "{'train_dsl':'{\\'a\\':1}','cpn_str':['x'],'version':'2'}",
            c -> c.job().generateDsl(CONF, List.of("x"))),
        call("tracking/component/list", "{'job_id':'j1'}", c -> c.component().list("j1")),
        call("tracking/component/metrics", AT_JSON, c -> c.component().metrics(AT)),
        call("tracking/component/metric/all", AT_JSON, c -> c.component().metricAll(AT)),
        call(
            "tracking/component/metric/delete",
            "{'job_id':'j1'}",
            c -> c.component().metricDelete("j1")),
        call("tracking/component/parameters", AT_JSON, c -> c.component().parameters(AT)),
        call("tracking/component/output/model", AT_JSON, c -> c.component().outputModel(AT)),
        call(
            "tracking/component/output/data/table",
            AT_JSON,
            c -> c.component().outputDataTable(AT)),
        call("tracking/component/summary/download", AT_JSON, c -> c.component().summary(AT)),
        call("component/get", "{}", c -> c.component().modules()),
        call(
            "component/hetero/merge",
            "{"
                + M
                + ",'guest_party_id':9999,'host_party_ids':[10000,'h'],'component_name':'lr_0','a':1}",
            c ->
                c.component().heteroModelMerge(MODEL, "9999", List.of("10000", "h"), "lr_0", CONF)),
        call(
            "component/woe_array/extract",
            "{" + M + ",'component_name':'bin_0'," + PARTY + "}",
            c -> c.component().woeArrayExtract(MODEL, "guest", "9999", "bin_0")),
        call(
            "component/woe_array/merge",
            "{" + M + ",'component_name':'bin_0'," + PARTY + ",'woe_array':[1]}",
            c -> c.component().woeArrayMerge(MODEL, "guest", "9999", "bin_0", List.of(1))),
        call(
            "data/upload",
            "{'use_local_data':0,'file':'/s/x.csv','verbose':0,'drop':1}",
            c -> c.data().upload(Map.of("use_local_data", 0, "file", "/s/x.csv"), true)),
        call("data/download", "{'a':1}", c -> c.data().download(CONF)),
        call("data/writer", "{'a':1}", c -> c.data().writer(CONF)),
        call("data/upload/history", "{'limit':2}", c -> c.data().uploadHistory(2, null)),
        call(
            "data/upload/history",
            "{'limit':2,'job_id':'j1'}",
            c -> c.data().uploadHistory(2, "j1")),
        call("job/clean/queue", null, c -> c.queue().clean()),
        call(
            "table/table_info",
            "{'namespace':'n','table_name':'t'}",
            c -> c.table().info("n", "t")),
        call("table/delete", "{'namespace':'n','table_name':'t'}", c -> c.table().delete("n", "t")),
        call("table/delete", FILTER_JSON, c -> c.table().delete(FILTER)),
        call(
            "table/disable",
            "{'namespace':'n','table_name':'t'}",
            c -> c.table().disable("n", "t")),
        call("table/enable", "{'namespace':'n','table_name':'t'}", c -> c.table().enable("n", "t")),
        call("table/disable/delete", "{}", c -> c.table().disableDelete()),
        call("table/bind", "{'a':1,'drop':false}", c -> c.table().bind(CONF, false)),
        call("table/add", "{'a':1}", c -> c.table().add(CONF)),
        call("table/connector/create", "{'a':1}", c -> c.table().connectorCreate(CONF)),
        call("table/connector/query", "{'connector_name':'x'}", c -> c.table().connectorQuery("x")),
        call(
            "table/tracking/source",
            "{'namespace':'n','table_name':'t'}",
            c -> c.table().trackingSource("n", "t")),
        call(
            "table/tracking/job",
            "{'namespace':'n','table_name':'t'}",
            c -> c.table().trackingJob("n", "t")),
        call("job/list/task", "{'limit':3}", c -> c.task().list(3)),
        call("job/task/query", FILTER_JSON, c -> c.task().query(FILTER)),
        call("model/load", "{'a':1}", c -> c.model().load(CONF)),
        call("model/load", "{'job_id':'j1'}", c -> c.model().load("j1")),
        call("model/bind", "{'a':1}", c -> c.model().bind(CONF)),
        call("model/restore", "{'a':1}", c -> c.model().restore(CONF)),
        call("model/store", "{'a':1}", c -> c.model().store(CONF)),
        call("model/migrate", "{'a':1}", c -> c.model().migrate(CONF)),
        call(
            "model/model_tag/create",
            "{'job_id':'j1','tag_name':'t'}",
            c -> c.model().tagModel("j1", "t")),
        call(
            "model/model_tag/remove",
            "{'job_id':'j1','tag_name':'t'}",
            c -> c.model().untagModel("j1", "t")),
        call("model/model_tag/retrieve", "{'job_id':'j1'}", c -> c.model().tagList("j1")),
        call(
            "model/deploy",
            "{" + M + ",'cpn_list':['x']}",
            c -> c.model().deploy(MODEL, List.of("x"))),
        call(
            "model/deploy",
            "{" + M + ",'predict_dsl':{'a':1},'components_checkpoint':{}}",
            c -> c.model().deploy(MODEL, CONF, Map.of())),
        call(
            "model/deploy",
            "{" + M + ",'cpn_list':['x'],'components_checkpoint':{'a':1}}",
            c -> c.model().deploy(MODEL, List.of("x"), CONF)),
        call(
            "model/deploy",
            "{" + M + ",'components_checkpoint':{}}",
            c -> c.model().deploy(MODEL, List.of(), Map.of())),
        call(
            "model/query",
            "{'model_version':'v1','query_filters':['role']}",
            c -> c.model().info(null, "v1", null, null, List.of("role"))),
        call("model/get/predict/dsl", "{" + M + "}", c -> c.model().predictDsl(MODEL)),
        call("model/get/predict/conf", "{" + M + "}", c -> c.model().predictConf(MODEL)),
        call(
            "model/query",
            "{" + M + "," + PARTY + ",'query_filters':['size']}",
            c -> c.model().info(MODEL, "guest", "9999", List.of("size"))),
        call("model/homo/convert", "{'a':1}", c -> c.model().homoConvert(CONF)),
        call("model/homo/deploy", "{'a':1}", c -> c.model().homoDeploy(CONF)),
        call("model/tag/create", "{'tag_name':'t'}", c -> c.tag().create("t", null)),
        call("model/tag/create", "{'tag_name':'t','tag_desc':'d'}", c -> c.tag().create("t", "d")),
        call(
            "model/tag/retrieve",
            "{'tag_name':'t','with_model':true}",
            c -> c.tag().query("t", true)),
        call(
            "model/tag/update",
            "{'tag_name':'t','new_tag_name':'u'}",
            c -> c.tag().update("t", "u", null)),
        call("model/tag/destroy", "{'tag_name':'t'}", c -> c.tag().delete("t")),
        call("model/tag/list", "{'limit':1}", c -> c.tag().list(1)),
        call("permission/grant", "{'a':1}", c -> c.privilege().grant(CONF)),
        call("permission/delete", "{'a':1}", c -> c.priviledge().delete(CONF)),
        call("permission/query", "{'party_id':10000}", c -> c.priviledge().query("10000")),
        call("provider/get", "{}", c -> c.provider().list()),
        call("provider/fate_flow/get", "{}", c -> c.provider().list("fate_flow")),
        call("provider/register", "{'a':1}", c -> c.provider().register(CONF)),
        call("resource/query", "{}", c -> c.resource().query()),
        call("resource/return", "{'job_id':'j1'}", c -> c.resource().giveBack("j1")),
        call(
            "checkpoint/list",
            "{" + M + ",'component_name':'lr_0'," + PARTY + "}",
            c -> c.checkpoint().list(MODEL, "guest", "9999", "lr_0")),
        call(
            "checkpoint/get",
            "{" + M + ",'component_name':'lr_0'," + PARTY + ",'step_index':2}",
            c -> c.checkpoint().get(MODEL, "guest", "9999", "lr_0", 2)),
        call(
            "checkpoint/get",
            "{" + M + ",'component_name':'lr_0'," + PARTY + ",'step_name':'s'}",
            c -> c.checkpoint().get(MODEL, "guest", "9999", "lr_0", "s")),
        call("version/get", null, c -> c.version().api()),
        call("version/get", "{'module':'FATE'}", c -> c.version().of("FATE")),
        call("server/reload", "{}", c -> c.call("server/reload", Map.of())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("calls")
  void everyCall_isOnePost(String path, String body, Function<FlowClient, Pending<Answer>> call)
      throws Exception {
    assertThat(call.apply(client).await().good()).isTrue();
    assertThat(server.arrived()).hasSize(1);
    Arrived arrived = server.last();
    assertThat(arrived.method()).isEqualTo("POST");
    assertThat(arrived.path()).isEqualTo("/v1/" + path);
    assertThat(arrived.query()).isNull();
    assertThat(arrived.headers()).doesNotContainKeys("SIGNATURE", "APP_KEY");
    if (body == null) {
      assertThat(arrived.body()).isEmpty();
      assertThat(arrived.headers()).doesNotContainKey("Content-Type");
    } else {
      assertThat(arrived.headers()).containsEntry("Content-Type", "application/json");
      JacksonJsonCodec codec = new JacksonJsonCodec();
      assertThat(codec.read(arrived.body())).isEqualTo(codec.read(body.replace('\'', '"')));
    }
  }

  private static Arguments call(
      String path, String body, Function<FlowClient, Pending<Answer>> call) {
    return arguments(path, body, call);
  }
}
