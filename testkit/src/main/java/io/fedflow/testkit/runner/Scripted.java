package io.fedflow.testkit.runner;

import io.fedflow.component.Checkpoint;
import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.federation.Protection;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A component that does what its parameter {@code steps} says, one step after another, each a verb
 * and its arguments. It talks to the test by messages only, so that it may run in any process. A
 * step that begins with {@code try} goes on if it fails.
 */
public final class Scripted implements Component {

  static final String MODULE = "Scripted";
  static final String WORD = "word";

  private static final long PAUSE_NANOS = 1_000_000;
  private static final int HOG_BYTES = 8 << 20;
  private static final Set<Role> ROLES = Set.of(Role.GUEST, Role.HOST);
  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          ROLES,
          ParameterSchema.builder()
              .any("steps", List.of(), "what to do", ParameterType.LIST)
              .any("tree", Map.of(), "anything", ParameterType.MAP)
              .number("rate", 0.25, 0.0, 1.0, "a number")
              .bool("need_run", true, "whether it runs")
              .build(),
          List.of(new MessageDeclaration(WORD, Protection.PUBLIC, null, ROLES, ROLES, "a word")));

  private static final AtomicInteger RUNNING = new AtomicInteger();
  private static volatile boolean released;

  /** Lets components of this process that ignore their end go on. */
  static void release(boolean go) {
    released = go;
  }

  /** Waits until no component of this process runs. */
  static void awaitIdle() {
    RunnerWorld.until("all components ended", () -> RUNNING.get() == 0);
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws Exception {
    RUNNING.incrementAndGet();
    try {
      return run(new Script(context), context);
    } finally {
      RUNNING.decrementAndGet();
    }
  }

  private static TaskOutputs run(Script script, TaskContext context) throws Exception {
    for (String step : context.params().texts("steps")) {
      if (step.startsWith("try ")) {
        try {
          script.perform(step.substring("try ".length()));
        } catch (FedflowException refused) {
          continue;
        }
      } else {
        script.perform(step);
      }
    }
    return script.outputs();
  }

  private static final class Script {

    private final TaskContext context;
    private final Party peer;
    private final List<Table> tables = new ArrayList<>();
    private final List<TaskCache> caches = new ArrayList<>();
    private Optional<ComponentModel> model = Optional.empty();

    Script(TaskContext context) {
      this.context = context;
      this.peer =
          context.federation().parties(Role.HOST).stream().findFirst().orElse(context.self());
    }

    TaskOutputs outputs() {
      return new TaskOutputs(tables, model, caches);
    }

    void perform(String step) throws Exception {
      String[] words = step.split(" ", 2);
      String rest = words.length < 2 ? "" : words[1];
      switch (words[0]) {
        case "say" -> say(rest, rest);
        case "hear" -> context.federation().receive(peer, tag(rest));
        case "echo" -> context.federation().send(peer, tag("echo"), heard(rest));
        case "log" -> context.log().info(rest);
        case "print" -> System.out.println(rest);
        case "metric" -> metric(rest);
        case "summary" -> context.tracker().summary(Map.of("said", rest));
        case "params" -> context.tracker().summary(context.params().toTree());
        case "facts" -> facts();
        case "draw" -> draw();
        case "output" -> tables.add(context.inputs().first("data").orElseThrow());
        case "read" -> tables.add(context.tables().read("given", rest));
        case "model" -> model = context.inputs().model();
        case "cache" -> caches.add(new TaskCache(MODULE, rest, bytes(rest)));
        case "cached" -> say("cached", told(context.inputs().cacheOf(MODULE).orElseThrow()));
        case "keep" -> context.checkpoint(Integer.parseInt(rest), bytes(rest));
        case "restore" -> say("restored", context.restored().map(Script::told).orElse("nothing"));
        case "scratch" -> say("scratch", written().toString());
        case "wait" -> waitForTheEnd();
        case "ignore" -> ignoreTheEnd();
        case "interrupted" -> Thread.currentThread().interrupt();
        case "compute" -> say("computed", String.valueOf(context.compute().submit(() -> 7).get()));
        default -> end(words[0], rest);
      }
    }

    /** Steps that end the component one way or another. */
    private void end(String verb, String rest) {
      switch (verb) {
        case "refuse" -> throw new FedflowException(FailureKind.INVALID, "scripted.refused", rest);
        case "column" -> throw ColumnException.of("scripted.column", rest, "is refused");
        case "throw" -> throw new IllegalStateException(rest);
        case "error" -> throw new AssertionError(rest);
        case "exit" -> Runtime.getRuntime().halt(Integer.parseInt(rest));
        case "quit" -> System.exit(Integer.parseInt(rest));
        case "hog" -> hog();
        default -> throw new IllegalArgumentException("unknown step " + verb);
      }
    }

    private static MessageTag tag(String name) {
      return new MessageTag(WORD, name);
    }

    private Payload heard(String name) throws InterruptedException {
      return context.federation().receive(peer, tag(name));
    }

    private void say(String name, String text) throws InterruptedException {
      context.federation().send(peer, tag(name), Payload.ofTexts(List.of(text)));
    }

    private void metric(String name) {
      context
          .tracker()
          .metric("train", name, List.of(new MetricPoint(1, 0.5), new MetricPoint("end", 1L)));
      context.tracker().metricMeta("train", name, "LOSS", Map.of("unit_name", "iters"));
    }

    /** Everything that has no other way to be seen. */
    private void facts() throws InterruptedException {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("task", context.task());
      facts.put("self", context.self());
      facts.put("parties", context.parties().all());
      facts.put("seed", context.seed());
      facts.put("parallel", context.parallelism() >= 1);
      facts.put(
          "fed", context.params().isUserFed("steps") + "," + context.params().isUserFed("rate"));
      facts.put("kinds", context.inputs().data().keySet());
      facts.put("source", context.inputs().data().get("data").get(0).source());
      facts.put("isometric", context.inputs().isometric().size());
      facts.put("traffic", context.federation().traffic());
      say("facts", facts.toString());
    }

    private void draw() throws InterruptedException {
      byte[] drawn = new byte[16];
      context.entropy().nextBytes(drawn);
      say("drawn", HexFormat.of().formatHex(drawn));
      say("own key", HexFormat.of().formatHex(context.ownKey()));
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String told(TaskCache cache) {
      return cache.key() + ":" + new String(cache.content(), StandardCharsets.UTF_8);
    }

    private static String told(Checkpoint checkpoint) {
      return checkpoint.step() + ":" + new String(checkpoint.state(), StandardCharsets.UTF_8);
    }

    /** The folder for temporary files, with one in it. */
    private Path written() throws IOException {
      Path folder = Files.createDirectories(context.scratch());
      Files.writeString(folder.resolve("file"), "written");
      return folder;
    }

    private void waitForTheEnd() throws InterruptedException {
      while (true) {
        context.checkStopped();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    /** What no well-behaved component does. */
    private static void ignoreTheEnd() {
      while (!released) {
        Thread.interrupted();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    private static void hog() {
      List<byte[]> held = new ArrayList<>();
      while (true) {
        held.add(new byte[HOG_BYTES]);
      }
    }
  }
}
