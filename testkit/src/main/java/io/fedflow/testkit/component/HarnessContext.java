package io.fedflow.testkit.component;

import io.fedflow.component.Checkpoint;
import io.fedflow.component.Params;
import io.fedflow.component.TableAccess;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskLog;
import io.fedflow.data.Digests;
import io.fedflow.federation.Federation;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

record HarnessContext(
    TaskId task,
    Party self,
    Parties parties,
    Params params,
    TaskInputs inputs,
    Federation federation,
    RecordedTracker tracker,
    ExecutorService compute,
    long seed,
    String site,
    SecureRandom entropy,
    Path scratch,
    TableAccess tables,
    Checkpoint earlier,
    List<Checkpoint> kept,
    Map<Integer, ComponentModel> keptModels)
    implements TaskContext {

  @Override
  public void checkpoint(int step, byte[] state) {
    kept.add(new Checkpoint(step, state));
  }

  @Override
  public void keepModel(int step, String name, ComponentModel model) {
    keptModels.put(step, model);
  }

  @Override
  public Optional<Checkpoint> restored() {
    return Optional.ofNullable(earlier);
  }

  /** Another one for each site, party and seed. */
  @Override
  public byte[] ownKey() {
    return Digests.sha256()
        .digest((site + "/" + self + "/" + seed).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public TaskLog log() {
    return tracker.log();
  }

  @Override
  public int parallelism() {
    return 2;
  }
}
