package io.fedflow.job;

import io.fedflow.component.Checkpoint;
import io.fedflow.component.TaskId;
import io.fedflow.data.BlobFailure;
import io.fedflow.data.Digests;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.BlobStore;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What attempts leave for the next ones: one blob for each task and party, which tells the attempt
 * that wrote it. Magic {@code FFC2}, attempt, origin, step, state, and the SHA-256 of all of it;
 * big-endian. Blocking; safe for use by many task threads. That only one attempt of a task writes
 * at a time is up to the runner.
 *
 * @param blobs where the bytes go
 */
public record TaskCheckpoints(BlobStore blobs) {

  private static final System.Logger LOG = System.getLogger(TaskCheckpoints.class.getName());

  /** The first bytes of every checkpoint. */
  public static final int MAGIC = 0x46464332;

  private record Stored(int version, String origin, Checkpoint checkpoint) {}

  /**
   * Reads what an earlier attempt kept.
   *
   * @param origin what it must have been made from; another origin makes it worthless
   */
  Optional<Checkpoint> read(TaskId task, Party party, String origin) {
    return stored(task, party)
        .filter(found -> found.version() < task.version() && found.origin().equals(origin))
        .map(Stored::checkpoint);
  }

  /**
   * Replaces what is kept.
   *
   * @param origin what it is made from
   * @throws FedflowException {@code checkpoint.stale} if a later attempt wrote already, {@code
   *     checkpoint.io} if the store failed
   */
  void write(TaskId task, Party party, String origin, Checkpoint checkpoint) {
    stored(task, party)
        .filter(found -> found.version() > task.version())
        .ifPresent(
            found -> {
              throw new FedflowException(
                  FailureKind.CONFLICT,
                  "checkpoint.stale",
                  task + ": attempt " + found.version() + " keeps its own checkpoint already");
            });
    try {
      blobs.write(
          key(task, party),
          bytes -> {
            DigestOutputStream digesting = new DigestOutputStream(bytes, Digests.sha256());
            DataOutputStream out = new DataOutputStream(digesting);
            out.writeInt(MAGIC);
            out.writeInt(task.version());
            out.writeUTF(origin);
            out.writeInt(checkpoint.step());
            out.writeInt(checkpoint.state().length);
            out.write(checkpoint.state());
            out.flush();
            bytes.write(digesting.getMessageDigest().digest());
          });
    } catch (IOException failed) {
      throw unavailable("write", task, failed);
    }
  }

  /** Drops what is kept; what stays all the same costs space and nothing else. */
  void delete(TaskId task, Party party) {
    try {
      blobs.delete(key(task, party));
    } catch (IOException | RuntimeException failed) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> task + ": its checkpoint is not needed, but stays: " + failed.getMessage());
    }
  }

  private Optional<Stored> stored(TaskId task, Party party) {
    try (InputStream bytes = blobs.read(key(task, party))) {
      return Optional.of(read(bytes));
    } catch (IOException failed) {
      throw unavailable("read", task, failed);
    } catch (FedflowException refused) {
      if (refused.code().equals("blob.unknown")) {
        return Optional.empty();
      }
      if (refused.code().endsWith(".damaged")) {
        return unreadable(task, refused.getMessage());
      }
      throw refused;
    }
  }

  /** A checkpoint only saves work: the attempt begins anew without it. */
  private static Optional<Stored> unreadable(TaskId task, String why) {
    LOG.log(System.Logger.Level.WARNING, () -> task + ": its checkpoint is damaged: " + why);
    return Optional.empty();
  }

  /**
   * Reads a checkpoint to its end.
   *
   * @throws FedflowException {@code checkpoint.damaged} (INVALID) if it is not what was written
   */
  public static void check(InputStream bytes) throws IOException {
    read(bytes);
  }

  private static Stored read(InputStream bytes) throws IOException {
    DigestInputStream digesting = new DigestInputStream(bytes, Digests.sha256());
    try {
      Stored stored = content(new DataInputStream(digesting));
      byte[] found = digesting.getMessageDigest().digest();
      // What does not fit into one more byte goes on after its end.
      if (!MessageDigest.isEqual(found, bytes.readNBytes(found.length + 1))) {
        throw damaged("its digest does not match");
      }
      return stored;
    } catch (EOFException cut) {
      throw damaged("it is cut short");
    } catch (UTFDataFormatException garbled) {
      throw damaged("its origin is no text");
    }
  }

  private static Stored content(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw damaged("it does not start with the magic FFC2");
    }
    int version = in.readInt();
    String origin = in.readUTF();
    int step = in.readInt();
    int length = in.readInt();
    if (version < 0 || step < 0 || length < 0 || length > Checkpoint.MAX_BYTES) {
      throw damaged("it holds an impossible count");
    }
    byte[] state = in.readNBytes(length);
    if (state.length < length) {
      throw new EOFException();
    }
    return new Stored(version, origin, new Checkpoint(step, state));
  }

  /** Names of components and parties may hold what keys may not. */
  private static String key(TaskId task, Party party) {
    MessageDigest digest = Digests.sha256();
    for (String part : new String[] {task.jobId(), task.component(), party.toString()}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return "checkpoint/" + Digests.hex(digest);
  }

  private static FedflowException damaged(String why) {
    return FedflowException.invalid("checkpoint.damaged", why);
  }

  private static FedflowException unavailable(String verb, TaskId task, IOException cause) {
    return BlobFailure.of(task + ": cannot " + verb + " its checkpoint", "checkpoint.io", cause);
  }
}
