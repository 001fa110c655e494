package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.dsl.PredictDsl;
import io.fedflow.model.PipelineModel;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.BytesAnswer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.Function;

/** {@code /v1/model/get/predict}: the documents with which a version predicts. */
public final class PredictDocumentsController implements Controller {

  /** FATE's status for "there is nothing to download". */
  private static final int NOTHING = 210;

  private final Site site;

  /** Routes onto this site. */
  public PredictDocumentsController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.download("/v1/model/get/predict/dsl", call -> document(call, this::dsl));
    routes.download("/v1/model/get/predict/conf", call -> document(call, PredictConfTemplate::of));
  }

  private Future<? extends Answer> document(
      Call call, Function<PipelineModel, Map<String, Object>> what) {
    Arguments arguments = call.arguments();
    return ModelNamed.of(arguments)
        .find(call, site, NOTHING)
        .compose(model -> call.blocking(() -> what.apply(model)))
        .map(document -> answer(call, arguments, document));
  }

  /** As in FATE that of the training before the version is deployed; version 1 has its own. */
  private Map<String, Object> dsl(PipelineModel model) {
    return model.state() == PipelineModel.State.TRAINED && model.ofVersion1()
        ? PredictDsl.derive(model.trainDsl(), PredictDsl.needDeploy(model.trainDsl()))
        : model.predictDsl();
  }

  private static Answer answer(Call call, Arguments arguments, Map<String, Object> document) {
    return arguments
        .text("filename")
        .<Answer>map(
            name ->
                new BytesAnswer(
                    name, "application/json", Buffer.buffer(call.codec().write(document))))
        .orElse(Envelope.ok(document).large());
  }
}
