package io.fedflow.benchmarks.components;

import static io.fedflow.benchmarks.components.ComponentCase.ARBITER;
import static io.fedflow.benchmarks.components.ComponentCase.GUEST;
import static io.fedflow.benchmarks.components.ComponentCase.HOSTS;

import io.fedflow.Fedflow;
import io.fedflow.FedflowBuilder.Links;
import io.fedflow.JobHandle;
import io.fedflow.Site;
import io.fedflow.benchmarks.components.ComponentCase.Input;
import io.fedflow.component.Component;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.job.JobStatus;
import io.fedflow.model.ModelLoaderComponent;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.pipeline.PipelineManager.Submitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs one case as jobs of a site in memory that serves all parties, and measures it without what
 * reading its tables takes. Not thread-safe.
 */
final class CaseRunner implements AutoCloseable {

  /** The module that reads the tables of all others. */
  static final String READER = "Reader";

  private static final String NAMESPACE = "benchmark";
  private static final String MEASURED = "measured_0";

  private final LongAdder crossed = new LongAdder();
  private final ComponentCase wanted;
  private final Shape shape;
  private final int bits;
  private final Fedflow site;
  private final Pipeline job;

  /**
   * Makes a site, stores the tables of the case, and learns from few rows what it needs to be
   * learned before.
   *
   * @param bits how long keys are
   * @throws IllegalStateException if what is to be learned before cannot be
   */
  CaseRunner(ComponentCase wanted, Shape shape, int bits) {
    this.wanted = wanted;
    this.shape = shape;
    this.bits = bits;
    AtomicReference<Site> self = new AtomicReference<>();
    site =
        Fedflow.builder()
            .component(data -> new ModelLoaderComponent(self::get))
            .links(
                (own, boxes) ->
                    new Links(
                        own,
                        envelope -> {
                          crossed.add(envelope.payload().bytes().length);
                          boxes.deliver(envelope);
                        },
                        party -> true))
            .build();
    self.set(site);
    store(wanted, shape);
    job = wanted.module().equals(READER) ? readers(wanted, shape) : job(wanted, shape);
  }

  /**
   * What the case costs; a Reader with the whole job that it is.
   *
   * @throws IllegalStateException if a job does not end well, with its cause
   */
  Cost measure() {
    if (wanted.module().equals(READER)) {
      return Cost.of(crossed, () -> run(wanted, job));
    }
    Cost reading = Cost.of(crossed, () -> run(wanted, readers(wanted, shape)));
    return Cost.of(crossed, () -> run(wanted, job)).without(reading);
  }

  /** What reads the tables of a case, and what learns the models of other kinds that it takes. */
  private Pipeline readers(ComponentCase of, Shape size) {
    Pipeline pipeline = new Pipeline().party(Role.GUEST, GUEST.id());
    HOSTS.subList(0, size.hosts()).forEach(host -> pipeline.party(Role.HOST, host.id()));
    if (hasArbiter(of)) {
      pipeline.party(Role.ARBITER, ARBITER.id());
    }
    read(pipeline, "reader", of, size);
    for (int i = 0; i < of.models().size(); i++) {
      ComponentCase other = of.models().get(i);
      store(other, size.small());
      read(pipeline, "few_" + i, other, size.small());
      step(pipeline, "isometric_" + i, "few_" + i, other, size.small());
    }
    return pipeline;
  }

  private Pipeline job(ComponentCase of, Shape size) {
    Pipeline pipeline = readers(of, size);
    String model = of.applied() ? load(pipeline, of.learned()) : null;
    Pipeline.Step step = step(pipeline, MEASURED, "reader", of, size);
    for (int i = 0; i < of.models().size(); i++) {
      step.isometricModel("isometric_" + i);
    }
    if (model != null) {
      step.model(model);
    }
    return pipeline;
  }

  private static void read(Pipeline pipeline, String prefix, ComponentCase of, Shape size) {
    for (int i = 0; i < of.inputs().size(); i++) {
      Pipeline.Step reader = pipeline.add(prefix + '_' + i, READER);
      Synthetic rows = of.inputs().get(i).rows();
      for (Party party : holders(size)) {
        reader.set(party, "table", Map.of("namespace", NAMESPACE, "name", name(rows, party, size)));
      }
    }
  }

  private Pipeline.Step step(
      Pipeline pipeline, String name, String readers, ComponentCase of, Shape size) {
    Pipeline.Step step = pipeline.add(name, of.module());
    for (int i = 0; i < of.inputs().size(); i++) {
      step.data(of.inputs().get(i).kind(), readers + '_' + i);
    }
    of.params().forEach((param, value) -> step.set(param, value.apply(bits, size)));
    of.guestParams().forEach((param, value) -> step.set(GUEST, param, value));
    return step;
  }

  /** Adds a component that loads what a case learns from few rows; returns its name. */
  private String load(Pipeline pipeline, ComponentCase learning) {
    Shape few = shape.small();
    store(learning, few);
    Submitted training = run(learning, job(learning, few));
    String name = "model_0";
    Pipeline.Step loader =
        pipeline
            .add(name, "ModelLoader")
            .set("model_id", training.modelId())
            .set("model_version", training.modelVersion())
            .set("component_name", MEASURED);
    // Of rows that are divided among parties an arbiter learns nothing.
    if (hasArbiter(learning) && !hasModel(training, ARBITER)) {
      loader.set(ARBITER, "need_run", false);
    }
    return name;
  }

  private boolean hasArbiter(ComponentCase of) {
    Component component = site.components().find(of.module()).orElseThrow();
    return component.descriptor().roles().contains(Role.ARBITER);
  }

  private boolean hasModel(Submitted training, Party party) {
    return site.models().load(training.modelVersion(), party, MEASURED).isPresent();
  }

  private Submitted run(ComponentCase of, Pipeline pipeline) {
    JobHandle handle = site.submit(pipeline.compile()).toCompletableFuture().join();
    JobHandle.Outcome outcome = handle.completion().toCompletableFuture().join();
    if (outcome.status() != JobStatus.SUCCESS) {
      throw new IllegalStateException(of.name() + " ended as " + outcome);
    }
    return handle.submitted();
  }

  private void store(ComponentCase of, Shape size) {
    for (Synthetic rows : of.inputs().stream().map(Input::rows).distinct().toList()) {
      for (Party party : holders(size)) {
        site.data()
            .store(StoreRequest.upload(NAMESPACE, name(rows, party, size)), rows.of(party, size));
      }
    }
  }

  private static String name(Synthetic rows, Party party, Shape shape) {
    return String.join(
        "_", rows.name(), party.role().toString(), party.id(), String.valueOf(shape.rows()));
  }

  private static List<Party> holders(Shape shape) {
    List<Party> holders = new ArrayList<>(List.of(GUEST));
    holders.addAll(HOSTS.subList(0, shape.hosts()));
    return holders;
  }

  @Override
  public void close() {
    site.close();
  }
}
