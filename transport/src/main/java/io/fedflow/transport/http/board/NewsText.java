package io.fedflow.transport.http.board;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JsonCodec;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.TrackingManager.TaskNews;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes events and news as the data of server-sent events. */
final class NewsText {

  private final JsonCodec codec;

  NewsText(JsonCodec codec) {
    this.codec = codec;
  }

  /** Any JSON tree. */
  String write(Map<String, Object> tree) {
    return codec.write(tree);
  }

  String state(JobEvent event) {
    Map<String, Object> data = at(event.party(), event.component());
    data.put("sequence", event.sequence());
    data.put("time", event.time());
    data.put("kind", event.kind());
    data.putAll(event.details());
    return codec.write(data);
  }

  /** The type of the event that carries this news. */
  String type(TaskNews news) {
    if (news instanceof TaskNews.Logged) {
      return "log";
    }
    return news instanceof TaskNews.Measured ? "metric" : "progress";
  }

  String news(TaskNews news) {
    if (news instanceof TaskNews.Logged logged) {
      return codec.write(log(logged.line()));
    }
    if (news instanceof TaskNews.Measured measured) {
      return codec.write(metric(measured.value()));
    }
    return codec.write(progress((TaskNews.Progressed) news));
  }

  private static Map<String, Object> log(LogLine line) {
    Map<String, Object> data = at(line.party(), line.component());
    data.put("time", line.time());
    data.put("level", line.level().name());
    data.put("text", line.text());
    return data;
  }

  private static Map<String, Object> metric(MetricValue value) {
    Map<String, Object> data = at(value.party(), value.task());
    data.put("namespace", value.namespace());
    data.put("name", value.name());
    data.put("key", value.key());
    data.put("value", value.value());
    data.put("time", value.time());
    return data;
  }

  private static Map<String, Object> progress(TaskNews.Progressed progress) {
    Map<String, Object> data = at(progress.party(), progress.task());
    data.put("fraction", progress.fraction());
    data.put("note", progress.note());
    return data;
  }

  private static Map<String, Object> at(Party party, TaskId task) {
    Map<String, Object> data = at(party, task.component());
    data.put("version", task.version());
    return data;
  }

  private static Map<String, Object> at(Party party, String component) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("role", party.role().name());
    data.put("party_id", party.id());
    data.put("component", component);
    return data;
  }
}
