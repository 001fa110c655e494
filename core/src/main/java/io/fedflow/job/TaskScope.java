package io.fedflow.job;

import io.fedflow.component.Checkpoint;
import io.fedflow.component.Params;
import io.fedflow.component.TableAccess;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskLog;
import io.fedflow.component.TaskTracker;
import io.fedflow.federation.Federation;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** The context of one part, as a record of its pieces. */
record TaskScope(
    TaskId task,
    Party self,
    Parties parties,
    Params params,
    TaskInputs inputs,
    Federation federation,
    TaskTracker tracker,
    TaskLog log,
    ExecutorService compute,
    int parallelism,
    long seed,
    Supplier<byte[]> ownKeys,
    SecureRandom entropy,
    Path scratch,
    TableAccess tables,
    AttemptCheckpoints checkpoints)
    implements TaskContext {

  @Override
  public byte[] ownKey() {
    return ownKeys.get();
  }

  @Override
  public void checkpoint(int step, byte[] state) {
    checkpoints.keep(step, state);
  }

  @Override
  public void keepModel(int step, String name, ComponentModel model) {
    checkpoints.keepModel(step, name, model);
  }

  @Override
  public Optional<Checkpoint> restored() {
    return checkpoints.restored();
  }
}
