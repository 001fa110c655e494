package io.fedflow.transport.http.upload;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.WriteStream;

/** A file that refuses to grow beyond a bound. Confined to one event loop. */
final class BoundedFile implements WriteStream<Buffer> {

  private final AsyncFile file;
  private final long max;
  private long written;

  BoundedFile(AsyncFile file, long max) {
    this.file = file;
    this.max = max;
  }

  @Override
  public Future<Void> write(Buffer chunk) {
    written += chunk.length();
    if (full()) {
      return Future.failedFuture(
          new FedflowException(
              FailureKind.EXHAUSTED,
              "upload.too-large",
              "uploaded file: found more than " + max + " bytes, allowed " + max));
    }
    return file.write(chunk);
  }

  @Override
  public Future<Void> end() {
    return file.end();
  }

  @Override
  public BoundedFile exceptionHandler(Handler<Throwable> handler) {
    if (!full()) {
      file.exceptionHandler(handler);
    }
    return this;
  }

  @Override
  public BoundedFile setWriteQueueMaxSize(int size) {
    file.setWriteQueueMaxSize(size);
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    // The pipe closes the file when the bound was hit, and asks once more.
    return !full() && file.writeQueueFull();
  }

  @Override
  public BoundedFile drainHandler(Handler<Void> handler) {
    if (!full()) {
      file.drainHandler(handler);
    }
    return this;
  }

  private boolean full() {
    return written > max;
  }
}
