package io.fedflow.transport.http.v1;

import io.fedflow.model.PipelineModelManager.Distributed;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every party answered, in FATE's form. */
final class ModelOutcomes {

  private ModelOutcomes() {}

  /**
   * The answer: a code for every party and, under {@code detail}, its words; code 101 unless all
   * did it.
   *
   * @param message if all did it
   */
  static Envelope envelope(Distributed done, String message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("model_id", done.modelId());
    data.put("model_version", done.modelVersion());
    Map<String, Map<String, Object>> codes = new LinkedHashMap<>();
    Map<String, Map<String, Object>> detail = new LinkedHashMap<>();
    done.outcomes()
        .forEach(
            (party, why) -> {
              String role = party.role().name();
              int code = why.isEmpty() ? Retcode.SUCCESS : Retcode.EXCEPTION;
              codes.computeIfAbsent(role, r -> new LinkedHashMap<>()).put(party.id(), code);
              detail
                  .computeIfAbsent(role, r -> new LinkedHashMap<>())
                  .put(
                      party.id(),
                      Map.of("retcode", code, "retmsg", why.isEmpty() ? "success" : why));
            });
    data.putAll(codes);
    data.put("detail", detail);
    return done.complete()
        ? Envelope.ok(data).message(message)
        : Envelope.error(Retcode.ARGUMENT, "failed").data(data);
  }
}
