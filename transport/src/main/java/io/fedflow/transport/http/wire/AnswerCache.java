package io.fedflow.transport.http.wire;

import io.fedflow.tracking.JobVersions;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Encoded answers about single jobs, each given again to the same question as long as nothing that
 * is stored of its job changed. Forgets what was not asked for longest. Thread-safe.
 */
public final class AnswerCache {

  private static final int MAX_QUESTION = 1 << 10;
  private static final int MAX_ANSWER = 1 << 18;
  private static final long MAX_BYTES = 16L << 20;

  /** What an entry costs beside its bytes, roughly. */
  private static final int OVERHEAD = 200;

  private final JobVersions versions;
  private final Map<Question, Kept> answers = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** Answers hold as long as these versions. */
  public AnswerCache(JobVersions versions) {
    this.versions = versions;
  }

  private record Question(String path, Buffer body) {

    int size() {
      return path.length() + body.length() + OVERHEAD;
    }
  }

  private record Kept(String jobId, long version, Buffer answer) {}

  /** The version of a job, to be asked for before anything of it is read. */
  long version(String jobId) {
    return versions.of(jobId);
  }

  /** The answer to a question, if it still holds. */
  Optional<Buffer> find(String path, Buffer body) {
    if (body.length() > MAX_QUESTION) {
      return Optional.empty();
    }
    Kept kept;
    synchronized (answers) {
      kept = answers.get(new Question(path, body));
    }
    return kept != null && kept.version == versions.of(kept.jobId)
        ? Optional.of(kept.answer)
        : Optional.empty();
  }

  /**
   * Keeps an answer.
   *
   * @param version the job's, before it was read
   */
  void keep(String path, Buffer body, String jobId, long version, Buffer answer) {
    if (body.length() > MAX_QUESTION || answer.length() > MAX_ANSWER) {
      return;
    }
    Question question = new Question(path, body);
    synchronized (answers) {
      Kept before = answers.put(question, new Kept(jobId, version, answer));
      bytes += answer.length() + (before == null ? question.size() : -before.answer.length());
      Iterator<Map.Entry<Question, Kept>> oldest = answers.entrySet().iterator();
      while (bytes > MAX_BYTES && oldest.hasNext()) {
        Map.Entry<Question, Kept> forgotten = oldest.next();
        bytes -= forgotten.getKey().size() + forgotten.getValue().answer.length();
        oldest.remove();
      }
    }
  }
}
