package io.fedflow.worker;

import io.fedflow.component.TaskLog;
import io.fedflow.component.TaskTracker;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.worker.Frames.Type;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a task reports, on its way to the server. Thread-safe. */
record RemoteReports(Frames.Out out) implements TaskTracker, TaskLog {

  @Override
  public void metric(String namespace, String name, List<MetricPoint> points) {
    Packet.Writer body = new Packet.Writer().text(namespace).text(name).integer(points.size());
    points.forEach(point -> body.tree(point.key()).tree(point.value()));
    send(Type.METRIC, body);
  }

  @Override
  public void metricMeta(
      String namespace, String name, String metricType, Map<String, Object> extras) {
    send(Type.META, new Packet.Writer().text(namespace).text(name).text(metricType).tree(extras));
  }

  @Override
  public void summary(Map<String, Object> summary) {
    send(Type.SUMMARY, new Packet.Writer().tree(summary));
  }

  @Override
  public void progress(double fraction, String note) {
    send(Type.PROGRESS, new Packet.Writer().real(fraction).text(note));
  }

  @Override
  public void info(String message) {
    line("info", message);
  }

  @Override
  public void warning(String message) {
    line("warning", message);
  }

  @Override
  public void error(String message) {
    line("error", message);
  }

  @Override
  public void debug(String message) {
    line("debug", message);
  }

  private void line(String level, String text) {
    send(Type.LOG, new Packet.Writer().text(level).text(text));
  }

  private void send(Type type, Packet.Writer body) {
    try {
      out.write(type, body.bytes());
    } catch (IOException gone) {
      throw new FedflowException(
          FailureKind.UNAVAILABLE, "worker.server", "the server is gone: " + gone.getMessage());
    }
  }
}
