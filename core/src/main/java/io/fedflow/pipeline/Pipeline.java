package io.fedflow.pipeline;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.PredictDsl;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.JobInvoker;
import io.fedflow.spi.JsonCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A job under construction: parties first, then components in any order; {@link #compile} writes
 * DSL v2 and its runtime conf, {@link #fit} runs them, and a pipeline that holds a fitted one
 * predicts with it. Not thread-safe; what runs may be waited for anywhere.
 *
 * <p>Unless {@link #setInitiator} says otherwise, the first guest (or, without one, the first
 * party) initiates.
 */
public final class Pipeline {

  private final Map<Role, List<String>> parties = new LinkedHashMap<>();
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final PipelineRuns runs = new PipelineRuns();
  private ScopedParameters jobParameters = new ScopedParameters();
  private Party initiator;
  private String provider;
  private TrainedInput trained;

  /** A pipeline without parties and components. */
  public Pipeline() {}

  /** Adds a party; the order inside a role is its role index. */
  public Pipeline party(Role role, String id) {
    parties.computeIfAbsent(role, r -> new ArrayList<>()).add(new Party(role, id).id());
    return this;
  }

  /** Replaces all parties; an empty list leaves the role out. */
  public Pipeline setRoles(List<String> guests, List<String> hosts, List<String> arbiters) {
    parties.clear();
    guests.forEach(id -> party(Role.GUEST, id));
    hosts.forEach(id -> party(Role.HOST, id));
    arbiters.forEach(id -> party(Role.ARBITER, id));
    return this;
  }

  /** Sets the party that initiates. */
  public Pipeline setInitiator(Role role, String id) {
    initiator = new Party(role, id);
    return this;
  }

  /** Sets who provides the modules of components that name nobody, {@code name@version}. */
  public Pipeline setProvider(String provider) {
    this.provider = provider;
    return this;
  }

  /** Sets a parameter of the job itself, such as {@code seed} or {@code timeout}. */
  public Pipeline jobParameter(String name, Object value) {
    jobParameters.common().put(name, value);
    return this;
  }

  /** Sets where its jobs run. */
  public Pipeline runWith(JobInvoker invoker) {
    runs.invoker(invoker);
    return this;
  }

  /**
   * Adds a component with one table and a model as outputs.
   *
   * @param name unique in the pipeline
   * @param module the module that runs
   * @throws IllegalArgumentException if the name is taken
   */
  public Step add(String name, String module) {
    return step(new PipelineComponent(name, module, ComponentOutputs.DATA_AND_MODEL));
  }

  /** Adds a component without inputs. */
  public Pipeline addComponent(PipelineComponent component) {
    return addComponent(component, Data.none());
  }

  /** Adds a component that takes tables. */
  public Pipeline addComponent(PipelineComponent component, Data data) {
    return addComponent(component, data, Model.none());
  }

  /** Adds a component that takes tables and models. */
  public Pipeline addComponent(PipelineComponent component, Data data, Model model) {
    return addComponent(component, data, model, Cache.none());
  }

  /**
   * Adds a component.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  public Pipeline addComponent(PipelineComponent component, Data data, Model model, Cache cache) {
    Step step = step(component);
    step.take(data, model, cache);
    return this;
  }

  /**
   * Makes this a pipeline that predicts with a fitted one, whose parties it takes over.
   *
   * @param fitted the pipeline whose components were deployed
   * @param input where the deployed components take their tables from
   */
  public Pipeline addComponent(Pipeline fitted, Data.PredictInput input) {
    trained = new TrainedInput(fitted, input);
    return this;
  }

  /** The components in the order they were added, by name. */
  public Map<String, PipelineComponent> components() {
    Map<String, PipelineComponent> components = new LinkedHashMap<>();
    steps.forEach((name, step) -> components.put(name, step.component()));
    return components;
  }

  /**
   * The documents of the job; what is added or set later does not change them. Of a pipeline that
   * predicts: those of the prediction, by the deployed version or, before it is deployed, by the
   * trained one.
   *
   * @throws IllegalStateException if no party was added, or the pipeline to predict with was not
   *     fitted
   * @throws io.fedflow.failure.ProblemsException with every reference that leads nowhere
   */
  public JobDocuments compile() {
    if (trained != null) {
      return new PredictDocuments(this, trained).compile();
    }
    ReferenceCheck.check(steps);
    return new JobDocuments(
        PipelineDocuments.dsl(steps.values(), provider), conf(jobParameters, "train"));
  }

  /** {@link #fit(JobParameters)} with the job parameters that were set. */
  public CompletionStage<JobInvoker.End> fit() {
    return runs.train(this);
  }

  /**
   * Trains.
   *
   * @param parameters replace all that were set before
   * @return completes when the job ended well or was canceled; fails with what kept it from that
   * @throws IllegalStateException if nothing was set to run it, or this pipeline predicts
   */
  public CompletionStage<JobInvoker.End> fit(JobParameters parameters) {
    jobParameters = parameters.parameters().copy();
    return fit();
  }

  /** The job that was trained last, once it was accepted. */
  public Optional<JobInvoker.Invoked> trainJob() {
    return runs.trained();
  }

  /** The job that predicted last, once it was accepted. */
  public Optional<JobInvoker.Invoked> predictJob() {
    return runs.predicted();
  }

  /**
   * Deploys components of the trained model.
   *
   * @param components names; none for all but those that only read
   * @return completes with the model that predicts
   * @throws IllegalStateException if it was not fitted
   */
  public CompletionStage<JobInvoker.Deployed> deployComponent(String... components) {
    return runs.deploy(
        components.length == 0
            ? PredictDsl.allButReaders(PipelineDocuments.dsl(steps.values(), provider))
            : List.of(components));
  }

  /** The model that was deployed last. */
  public Optional<JobInvoker.Deployed> deployed() {
    return runs.deployed();
  }

  /**
   * The DSL with which components predict, without deploying them.
   *
   * @param components names; none for all but those that only read
   */
  public Map<String, Object> predictDsl(String... components) {
    Map<String, Object> train = PipelineDocuments.dsl(steps.values(), provider);
    return PredictDsl.derive(
        train, components.length == 0 ? PredictDsl.allButReaders(train) : List.of(components));
  }

  /**
   * Predicts with the fitted pipeline that was added.
   *
   * @param parameters replace all that were set before
   * @return completes when the job ended well or was canceled; fails with what kept it from that
   * @throws IllegalStateException if nothing was set to run it, or no deployed pipeline was added
   */
  public CompletionStage<JobInvoker.End> predict(JobParameters parameters) {
    jobParameters = parameters.parameters().copy();
    if (trained == null) {
      throw new IllegalStateException("add a fitted pipeline before predicting");
    }
    return runs.predict(new PredictDocuments(this, trained), initiator());
  }

  /**
   * What a component made: in the prediction, if there was one, else in the training.
   *
   * @throws IllegalStateException if no job ran
   * @throws IllegalArgumentException if there is no such component
   */
  public ComponentResults results(String component) {
    boolean known =
        steps.containsKey(component)
            || trained != null && trained.pipeline().steps.containsKey(component);
    if (!known) {
      throw new IllegalArgumentException(
          "component: found " + component + ", allowed one of " + steps.keySet());
    }
    return runs.results(component, initiator());
  }

  /**
   * Writes everything into a file, jobs that ran included; not what runs them.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void save(Path file, JsonCodec codec) {
    PipelineFile.write(this, file, codec);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws io.fedflow.failure.FedflowException if it is no such file
   */
  public static Pipeline load(Path file, JsonCodec codec) {
    return PipelineFile.read(file, codec);
  }

  Map<String, Object> conf(ScopedParameters job, String jobType) {
    return PipelineDocuments.conf(initiator(), roles(), job, jobType, steps.values());
  }

  Map<Role, List<String>> roles() {
    return trained == null ? parties : trained.pipeline().roles();
  }

  Party initiator() {
    if (trained != null) {
      return trained.pipeline().initiator();
    }
    if (initiator != null) {
      if (!parties.getOrDefault(initiator.role(), List.of()).contains(initiator.id())) {
        throw new IllegalStateException("the initiator " + initiator + " was not added");
      }
      return initiator;
    }
    Role role =
        parties.containsKey(Role.GUEST)
            ? Role.GUEST
            : parties.keySet().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a pipeline needs a party"));
    return new Party(role, parties.get(role).get(0));
  }

  Map<String, Step> steps() {
    return steps;
  }

  ScopedParameters jobParameters() {
    return jobParameters;
  }

  void jobParameters(ScopedParameters parameters) {
    jobParameters = parameters;
  }

  Optional<Party> givenInitiator() {
    return Optional.ofNullable(initiator);
  }

  Optional<String> provider() {
    return Optional.ofNullable(provider);
  }

  Optional<TrainedInput> trained() {
    return Optional.ofNullable(trained);
  }

  PipelineRuns runs() {
    return runs;
  }

  Step step(PipelineComponent component) {
    Step step = new Step(component);
    if (steps.putIfAbsent(component.name(), step) != null) {
      throw new IllegalArgumentException("component " + component.name() + " was added already");
    }
    return step;
  }

  /**
   * A fitted pipeline to predict with.
   *
   * @param pipeline the fitted pipeline
   * @param input where its components take their tables from
   */
  record TrainedInput(Pipeline pipeline, Data.PredictInput input) {}

  /** One component of the pipeline: its inputs and parameters. Not thread-safe. */
  public static final class Step {

    private final PipelineComponent component;
    private final Map<String, List<String>> data = new LinkedHashMap<>();
    private final List<String> models = new ArrayList<>();
    private final List<String> isometric = new ArrayList<>();
    private final List<String> caches = new ArrayList<>();

    private Step(PipelineComponent component) {
      this.component = component;
    }

    /** Takes the table of an upstream component as {@code data}. */
    public Step data(String upstream) {
      return data("data", upstream);
    }

    /** Takes the table of an upstream component as another kind, such as {@code train_data}. */
    public Step data(String kind, String upstream) {
      data.computeIfAbsent(kind, k -> new ArrayList<>()).add(upstream + ".data");
      return this;
    }

    /** Takes the model of a component of the same module: to apply it, or to go on training it. */
    public Step model(String upstream) {
      models.add(upstream + ".model");
      return this;
    }

    /** Takes the model of a component of another kind. */
    public Step isometricModel(String upstream) {
      isometric.add(upstream + ".model");
      return this;
    }

    /** Sets a parameter for all parties. */
    public Step set(String name, Object value) {
      component.parameter(name, value);
      return this;
    }

    /** Sets a parameter for one party, over the one for all. */
    public Step set(Party party, String name, Object value) {
      component.at(party).set(name, value);
      return this;
    }

    PipelineComponent component() {
      return component;
    }

    void take(Data tables, Model learned, Cache cache) {
      tables.inputs().forEach((kind, from) -> data.put(kind, new ArrayList<>(from)));
      models.addAll(learned.models());
      isometric.addAll(learned.isometric());
      caches.addAll(cache.caches());
    }

    /** The DSL's {@code input}; empty if it takes nothing. */
    Map<String, Object> input() {
      Map<String, Object> input = new LinkedHashMap<>();
      if (!data.isEmpty()) {
        Map<String, Object> tables = new LinkedHashMap<>();
        data.forEach((kind, from) -> tables.put(kind, List.copyOf(from)));
        input.put("data", tables);
      }
      put(input, "model", models);
      put(input, "isometric_model", isometric);
      put(input, "cache", caches);
      return input;
    }

    private static void put(Map<String, Object> input, String slot, List<String> references) {
      if (!references.isEmpty()) {
        input.put(slot, List.copyOf(references));
      }
    }
  }
}
