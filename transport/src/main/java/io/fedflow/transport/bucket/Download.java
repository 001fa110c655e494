package io.fedflow.transport.bucket;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.http.HttpClientResponse;

/** Writes an answer to a file, as fast as the disk takes it and up to a limit. Used once. */
final class Download {

  private final String bucket;
  private final AsyncFile file;
  private final long mostBytes;
  private final Promise<Long> done = Promise.promise();
  private long count;

  Download(String bucket, AsyncFile file, long mostBytes) {
    this.bucket = bucket;
    this.file = file;
    this.mostBytes = mostBytes;
  }

  /** Completes with how many bytes came, once all of them are written. */
  Future<Long> take(HttpClientResponse answer) {
    answer.exceptionHandler(done::tryFail);
    file.exceptionHandler(this::diskFailed);
    answer.handler(
        piece -> {
          count += piece.length();
          if (count > mostBytes) {
            if (done.tryFail(
                BucketAnswers.odd(
                    bucket,
                    "GET",
                    "found an object of more than " + mostBytes + " bytes, allowed that many"))) {
              answer.request().reset();
            }
            return;
          }
          file.write(piece).onFailure(this::diskFailed);
          if (file.writeQueueFull()) {
            answer.pause();
            file.drainHandler(drained -> answer.resume());
          }
        });
    answer.endHandler(
        end -> file.flush().onSuccess(all -> done.tryComplete(count)).onFailure(this::diskFailed));
    return done.future();
  }

  /** Not the fault of the bucket, and not better at once. */
  private void diskFailed(Throwable failure) {
    done.tryFail(
        new FedflowException(
            FailureKind.EXHAUSTED,
            "bucket.file",
            "what bucket " + bucket + " sent cannot be written to the disk of this server",
            failure));
  }
}
