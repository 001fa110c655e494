package io.fedflow.transport.http.upload;

import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Receives one multipart request: streams the part {@code file} to the disk under back-pressure and
 * throws other files away. Confined to the request's event loop.
 */
final class Receiver {

  private final FileSystem files;
  private final Staging staging;
  private final long max;

  /**
   * What arrived.
   *
   * @param file where the file lies; null if none came
   * @param form the text parts
   */
  record Received(Path file, Map<String, Object> form) {}

  Receiver(FileSystem files, Staging staging, long max) {
    this.files = files;
    this.staging = staging;
    this.max = max;
  }

  /** Whether a request's body is a form with files. */
  static boolean isMultipart(HttpServerRequest request) {
    return String.valueOf(request.getHeader("Content-Type"))
        .toLowerCase(Locale.ROOT)
        .startsWith("multipart/form-data");
  }

  /** Completes once everything arrived; whatever fails leaves no file behind. */
  Future<Received> receive(HttpServerRequest request) {
    Promise<Void> arrived = Promise.promise();
    Incoming incoming = new Incoming();
    request.setExpectMultipart(true);
    request.uploadHandler(incoming::accept);
    request.endHandler(end -> arrived.tryComplete());
    request.exceptionHandler(
        failure ->
            arrived.tryFail(
                FedflowException.invalid(
                    "upload.broken", "upload: the multipart body ended early or is malformed")));
    return arrived
        .future()
        .compose(end -> incoming.written)
        .map(end -> new Received(incoming.file, form(request)))
        .onFailure(failure -> incoming.discard());
  }

  private static Map<String, Object> form(HttpServerRequest request) {
    Map<String, Object> form = new LinkedHashMap<>();
    request.formAttributes().forEach(e -> form.putIfAbsent(e.getKey(), e.getValue()));
    return form;
  }

  /** The file of one request. */
  private final class Incoming {

    private Path file;
    private Future<Void> written = Future.succeededFuture();

    void accept(HttpServerFileUpload upload) {
      if (file != null || !upload.name().equals("file")) {
        upload.handler(chunk -> {});
        return;
      }
      file = staging.newFile();
      upload.pause();
      written =
          files
              .open(file.toString(), new OpenOptions().setCreateNew(true).setRead(false))
              .compose(open -> write(upload, open));
    }

    private Future<Void> write(HttpServerFileUpload upload, AsyncFile open) {
      return upload.pipeTo(new BoundedFile(open, max));
    }

    /** The writer may still hold the file: delete only after it let go. */
    void discard() {
      if (file != null) {
        written.onComplete(end -> staging.delete(file));
      }
    }
  }
}
