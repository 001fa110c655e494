package io.fedflow.model;

import io.fedflow.data.BlobFailure;
import io.fedflow.data.BlobTexts;
import io.fedflow.data.Digests;
import io.fedflow.data.Orphans;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Models that components keep while they train: a blob for each, and one for each version and party
 * that lists them, written last. Blocking; thread-safe. That one server of a site runs a part of a
 * job is up to the engine.
 */
public final class ModelCheckpoints {

  /** How many models a component may keep in one training. */
  public static final int MOST_STEPS = 1000;

  private static final int FIELDS = 6;
  private static final String BLOB = "model-checkpoint/";

  private final BlobStore blobs;
  private final BlobTexts lists;
  private final Orphans orphans;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  /**
   * Kept here.
   *
   * @param ids gives a fresh id per call, for blob keys
   */
  public ModelCheckpoints(BlobStore blobs, InstantSource clock, Supplier<UUID> ids) {
    this.blobs = blobs;
    this.lists = new BlobTexts(blobs, "the list of model checkpoints");
    this.orphans = new Orphans(blobs);
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Keeps a model; it is durable on return. One of the same step is replaced.
   *
   * @param modelVersion the version that the training makes
   * @param step the number of the step, at least 0
   * @param name what the component calls it, 1..{@value CheckpointStep#MOST_NAME} characters
   * @throws FedflowException {@code checkpoint.step} (INVALID), or {@code checkpoint.many}
   *     (EXHAUSTED) beyond {@value #MOST_STEPS}
   */
  public synchronized void store(
      String modelVersion, Party party, int step, String name, ComponentModel model) {
    CheckpointStep at = CheckpointStep.of(step, name);
    List<ModelCheckpoint> all = new ArrayList<>(all(modelVersion, party));
    Predicate<ModelCheckpoint> same =
        kept -> kept.component().equals(model.component()) && kept.stepIndex() == at.index();
    long others = all.stream().filter(kept -> kept.component().equals(model.component())).count();
    if (others >= MOST_STEPS && all.stream().noneMatch(same)) {
      throw new FedflowException(
          FailureKind.EXHAUSTED,
          "checkpoint.many",
          "save_freq: "
              + model.component()
              + " kept "
              + others
              + " models of one training already, allowed "
              + MOST_STEPS);
    }
    byte[] bytes = ModelFile.write(model);
    String key = BLOB + ids.get();
    try {
      blobs.write(key, out -> out.write(bytes));
    } catch (IOException failed) {
      throw unavailable("write", model.component(), failed);
    }
    List<ModelCheckpoint> replaced = all.stream().filter(same).toList();
    all.removeIf(same);
    all.add(
        new ModelCheckpoint(
            model.component(), at.index(), name, clock.millis(), key, digest(bytes)));
    write(modelVersion, party, all);
    replaced.forEach(old -> orphans.delete(old.blobKey()));
  }

  /** What a component kept, in the order of its steps. */
  public List<ModelCheckpoint> list(String modelVersion, Party party, String component) {
    return all(modelVersion, party).stream()
        .filter(kept -> kept.component().equals(component))
        .sorted(Comparator.comparingInt(ModelCheckpoint::stepIndex))
        .toList();
  }

  /** The kept model of a step; empty if there is none. */
  public Optional<ModelCheckpoint> find(
      String modelVersion, Party party, String component, CheckpointStep step) {
    List<ModelCheckpoint> found =
        list(modelVersion, party, component).stream().filter(step::means).toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  /**
   * Reads what was kept.
   *
   * @throws FedflowException {@code model.damaged} if it is not what was written
   */
  public ComponentModel read(ModelCheckpoint kept) {
    byte[] bytes;
    try (InputStream in = blobs.read(kept.blobKey())) {
      bytes = in.readAllBytes();
    } catch (IOException failed) {
      throw unavailable("read", kept.component(), failed);
    }
    if (!digest(bytes).equals(kept.digest())) {
      throw FedflowException.invalid(
          "model.damaged",
          "the model of "
              + kept.component()
              + " at step "
              + kept.stepIndex()
              + " is damaged: its digest does not match");
    }
    return ModelFile.read(bytes);
  }

  /**
   * The model of a step.
   *
   * @throws FedflowException {@code checkpoint.unknown} (INVALID) if there is none
   */
  public ComponentModel load(
      String modelVersion, Party party, String component, CheckpointStep step) {
    return find(modelVersion, party, component, step)
        .map(this::read)
        .orElseThrow(
            () ->
                FedflowException.invalid(
                    "checkpoint.unknown",
                    party
                        + " kept no model of "
                        + component
                        + " at "
                        + step
                        + " of version "
                        + modelVersion));
  }

  /** Forgets what a component kept, before it trains anew. */
  public synchronized void forget(String modelVersion, Party party, String component) {
    remove(modelVersion, party, kept -> kept.component().equals(component));
  }

  /** Forgets all of a version at a party; again is without effect. */
  public synchronized void delete(String modelVersion, Party party) {
    remove(modelVersion, party, kept -> true);
  }

  private void remove(String modelVersion, Party party, Predicate<ModelCheckpoint> which) {
    List<ModelCheckpoint> all = all(modelVersion, party);
    List<ModelCheckpoint> gone = all.stream().filter(which).toList();
    if (gone.isEmpty()) {
      return;
    }
    List<ModelCheckpoint> rest = all.stream().filter(which.negate()).toList();
    if (rest.isEmpty()) {
      lists.delete(key(modelVersion, party));
    } else {
      write(modelVersion, party, rest);
    }
    gone.forEach(kept -> orphans.delete(kept.blobKey()));
  }

  private List<ModelCheckpoint> all(String modelVersion, Party party) {
    return lists
        .read(key(modelVersion, party))
        .map(text -> text.lines().map(ModelCheckpoints::parse).toList())
        .orElse(List.of());
  }

  /** What a stored text lists, if it is a list of kept models; otherwise nothing. */
  public static List<ModelCheckpoint> listed(String text) {
    boolean list =
        text.lines()
            .map(line -> line.split("\t", FIELDS))
            .allMatch(fields -> fields.length == FIELDS && fields[3].startsWith(BLOB));
    return list ? text.lines().map(ModelCheckpoints::parse).toList() : List.of();
  }

  private void write(String modelVersion, Party party, List<ModelCheckpoint> all) {
    StringBuilder text = new StringBuilder();
    for (ModelCheckpoint kept : all) {
      text.append(kept.component())
          .append('\t')
          .append(kept.stepIndex())
          .append('\t')
          .append(kept.createTime())
          .append('\t')
          .append(kept.blobKey())
          .append('\t')
          .append(kept.digest())
          .append('\t')
          .append(kept.stepName())
          .append('\n');
    }
    lists.write(key(modelVersion, party), text.toString());
  }

  private static ModelCheckpoint parse(String line) {
    String[] fields = line.split("\t", FIELDS);
    try {
      return new ModelCheckpoint(
          fields[0],
          Integer.parseInt(fields[1]),
          fields[5],
          Long.parseLong(fields[2]),
          fields[3],
          fields[4]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException damaged) {
      throw FedflowException.invalid(
          "model.damaged", "the list of model checkpoints is damaged: found '" + line + "'");
    }
  }

  /** Ids of parties and versions may hold what keys may not. */
  private static String key(String modelVersion, Party party) {
    MessageDigest digest = Digests.sha256();
    for (String part : new String[] {modelVersion, party.toString()}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return "model-checkpoints/" + Digests.hex(digest);
  }

  private static String digest(byte[] bytes) {
    MessageDigest digest = Digests.sha256();
    digest.update(bytes);
    return Digests.hex(digest);
  }

  private static FedflowException unavailable(String verb, String component, IOException cause) {
    return BlobFailure.of(
        "cannot " + verb + " a kept model of " + component, "checkpoint.io", cause);
  }
}
