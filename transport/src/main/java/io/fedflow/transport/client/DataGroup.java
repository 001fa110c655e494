package io.fedflow.transport.client;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.signing.RequestSignature;
import java.nio.file.Path;
import java.util.Map;

/** Data that enters and leaves a site. Thread-safe. */
public final class DataGroup {

  private final FlowRoutes routes;

  DataGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /**
   * Uploads a table. The file that {@code file} names streams from this machine's disk, unless
   * {@code use_local_data} is 0: then it is one of the server's.
   *
   * @param conf {@code file}, {@code table_name}, {@code namespace}, {@code head}, {@code
   *     partition}, …; a relative {@code file} is taken below the working directory
   * @param drop whether a table of that name is replaced
   */
  public Pending<Answer> upload(Map<String, ?> conf, boolean drop) {
    return upload(conf, drop, TransferListener.NONE);
  }

  /**
   * {@link #upload(Map, boolean)} with somebody who hears how far it is.
   *
   * @param listener hears nothing if the file is one of the server's
   */
  public Pending<Answer> upload(Map<String, ?> conf, boolean drop, TransferListener listener) {
    int verbose = listener == TransferListener.NONE ? 0 : 1;
    Fields settings = Fields.none().all(conf).and("verbose", verbose).and("drop", drop ? 1 : 0);
    Object local = conf.get("use_local_data");
    if (local instanceof Number number && number.intValue() == 0) {
      return routes.write("data/upload", settings);
    }
    if (!(conf.get("file") instanceof String file) || file.isEmpty()) {
      return Pending.failed(
          FedflowException.invalid(
              "upload.file", "file: found " + conf.get("file") + ", expected the path of a file"));
    }
    String query = RequestSignature.percent(routes.codec().write(settings.tree()));
    return routes.upload("data/upload?" + query, Map.of(), Path.of(file), listener);
  }

  /** {@link #upload(Map, boolean)} with the conf from a file. */
  public Pending<Answer> upload(Path conf, boolean drop) {
    return routes.withConf(conf, tree -> upload(tree, drop));
  }

  /** {@link #upload(Map, boolean, TransferListener)} with the conf from a file. */
  public Pending<Answer> upload(Path conf, boolean drop, TransferListener listener) {
    return routes.withConf(conf, tree -> upload(tree, drop, listener));
  }

  /** Starts a job that writes a table into a file of the server. */
  public Pending<Answer> download(Map<String, ?> conf) {
    return routes.write("data/download", Fields.none().all(conf));
  }

  /** Starts a job that writes a table into a file of the server. The conf is read from a file. */
  public Pending<Answer> download(Path conf) {
    return routes.withConf(conf, this::download);
  }

  /** Starts a job that writes a table into another store. */
  public Pending<Answer> writer(Map<String, ?> conf) {
    return routes.write("data/writer", Fields.none().all(conf));
  }

  /** Starts a job that writes a table into another store. The conf is read from a file. */
  public Pending<Answer> writer(Path conf) {
    return routes.withConf(conf, this::writer);
  }

  /**
   * What was uploaded.
   *
   * @param jobId the job of one upload; null for all
   */
  public Pending<Answer> uploadHistory(int limit, String jobId) {
    return routes.read("data/upload/history", Fields.of("limit", limit).and("job_id", jobId));
  }
}
