package io.fedflow.job;

import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskId;
import io.fedflow.data.BlobFailure;
import io.fedflow.data.Digests;
import io.fedflow.data.Orphans;
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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The caches that attempts keep at their party: one blob for each attempt and party. Magic {@code
 * FFK1}, how many there are, for each its name, module, key, length and content, and the SHA-256 of
 * all of it; big-endian. They may hold secrets: nothing but a task of the same party reads them.
 * Blocking; safe for use by many task threads.
 *
 * @param blobs where the bytes go
 */
public record TaskCaches(BlobStore blobs) {

  /** The first bytes of every such blob. */
  public static final int MAGIC = 0x46464b31;

  private static final int MOST_CACHES = 1_000;

  /**
   * Stores the caches of an attempt; they are durable on return.
   *
   * @param caches by the name of their output, in order
   * @throws FedflowException {@code cache.io} if the store failed
   */
  void write(TaskId task, Party party, Map<String, TaskCache> caches) {
    try {
      blobs.write(
          key(task, party),
          bytes -> {
            DigestOutputStream digesting = new DigestOutputStream(bytes, Digests.sha256());
            DataOutputStream out = new DataOutputStream(digesting);
            out.writeInt(MAGIC);
            out.writeInt(caches.size());
            for (Map.Entry<String, TaskCache> cache : caches.entrySet()) {
              out.writeUTF(cache.getKey());
              out.writeUTF(cache.getValue().module());
              out.writeUTF(cache.getValue().key());
              out.writeInt(cache.getValue().content().length);
              out.write(cache.getValue().content());
            }
            out.flush();
            bytes.write(digesting.getMessageDigest().digest());
          });
    } catch (IOException failed) {
      throw unavailable("write", task, failed);
    }
  }

  /**
   * The caches of an attempt by name, in order; empty if it kept none or they were dropped.
   *
   * @throws FedflowException {@code cache.damaged} (INVALID) if they are not what was written,
   *     {@code cache.io} if the store failed
   */
  Map<String, TaskCache> read(TaskId task, Party party) {
    try (InputStream bytes = blobs.read(key(task, party))) {
      return read(bytes, "the caches of " + task + " at " + party);
    } catch (IOException failed) {
      throw unavailable("read", task, failed);
    } catch (FedflowException refused) {
      if (refused.code().equals("blob.unknown")) {
        return Map.of();
      }
      throw refused;
    }
  }

  /** Gives one attempt what another one kept; without effect if that kept nothing. */
  void copy(TaskId from, TaskId to, Party party) {
    Map<String, TaskCache> caches = read(from, party);
    if (!caches.isEmpty()) {
      write(to, party, caches);
    }
  }

  /** Drops what an attempt kept; what stays all the same is noted in the log. */
  void delete(TaskId task, Party party) {
    new Orphans(blobs).delete(key(task, party));
  }

  /**
   * Reads caches to their end.
   *
   * @throws FedflowException {@code cache.damaged} (INVALID) if they are not what was written
   */
  public static void check(InputStream bytes) throws IOException {
    read(bytes, "caches");
  }

  private static Map<String, TaskCache> read(InputStream bytes, String what) throws IOException {
    DigestInputStream digesting = new DigestInputStream(bytes, Digests.sha256());
    try {
      Map<String, TaskCache> caches = content(new DataInputStream(digesting), what);
      byte[] found = digesting.getMessageDigest().digest();
      // What does not fit into one more byte goes on after its end.
      if (!MessageDigest.isEqual(found, bytes.readNBytes(found.length + 1))) {
        throw damaged(what, "their digest does not match");
      }
      return caches;
    } catch (EOFException cut) {
      throw damaged(what, "they are cut short");
    } catch (UTFDataFormatException garbled) {
      throw damaged(what, "a name in them is no text");
    } catch (IllegalArgumentException impossible) {
      throw damaged(what, impossible.getMessage());
    }
  }

  private static Map<String, TaskCache> content(DataInputStream in, String what)
      throws IOException {
    if (in.readInt() != MAGIC) {
      throw damaged(what, "they do not start with the magic FFK1");
    }
    int count = in.readInt();
    if (count < 0 || count > MOST_CACHES) {
      throw damaged(what, "they hold an impossible count");
    }
    Map<String, TaskCache> caches = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      String module = in.readUTF();
      String key = in.readUTF();
      int length = in.readInt();
      if (length < 0 || length > TaskCache.MAX_BYTES) {
        throw damaged(what, "they hold an impossible length");
      }
      byte[] content = in.readNBytes(length);
      if (content.length < length) {
        throw new EOFException();
      }
      caches.put(name, new TaskCache(module, key, content));
    }
    return caches;
  }

  /** Names of components and parties may hold what keys may not. */
  private static String key(TaskId task, Party party) {
    MessageDigest digest = Digests.sha256();
    for (String part : new String[] {task.toString(), task.component(), party.toString()}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return "cache/" + Digests.hex(digest);
  }

  private static FedflowException damaged(String what, String why) {
    return FedflowException.invalid(
        "cache.damaged", what + " are damaged: " + why + "; run the component again");
  }

  private static FedflowException unavailable(String verb, TaskId task, IOException cause) {
    return BlobFailure.of(task + ": cannot " + verb + " its caches", "cache.io", cause);
  }
}
