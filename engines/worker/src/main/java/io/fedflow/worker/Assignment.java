package io.fedflow.worker;

import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.job.TaskBody;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelFile;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.table.TableCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker is told at its start: a {@code START} frame, then every table, model and cache.
 *
 * @param module the component's name
 * @param task the attempt
 * @param self for which party
 * @param parties who runs the task
 * @param given the parameters before defaults
 * @param seed of the task
 * @param ownKey the party's own key of the task
 * @param parallelism how wide it computes
 * @param scratch for temporary files; the server deletes it, also after a worker that was killed
 * @param inputs what upstream tasks handed on
 */
record Assignment(
    String module,
    TaskId task,
    Party self,
    Parties parties,
    Map<String, Object> given,
    long seed,
    byte[] ownKey,
    int parallelism,
    Path scratch,
    TaskInputs inputs) {

  static Assignment of(TaskBody.Part part) {
    TaskContext context = part.context();
    return new Assignment(
        part.module(),
        context.task(),
        context.self(),
        context.parties(),
        part.given(),
        context.seed(),
        context.ownKey(),
        context.parallelism(),
        context.scratch(),
        context.inputs());
  }

  void write(Frames.Out out) throws IOException {
    Packet.Writer start =
        new Packet.Writer()
            .integer(Frames.PROTOCOL)
            .text(module)
            .task(task)
            .party(self)
            .parties(parties)
            .tree(given)
            .number(seed)
            .text(HexFormat.of().formatHex(ownKey))
            .integer(parallelism)
            .text(scratch.toString())
            .integer(inputs.data().size());
    inputs
        .data()
        .forEach(
            (kind, tables) -> {
              start.text(kind).integer(tables.size());
              tables.forEach(input -> start.text(input.source()));
            });
    start.flag(inputs.model().isPresent()).integer(inputs.isometric().size());
    writeNames(start, inputs.caches());
    out.write(Frames.Type.START, start.bytes());
    for (List<DataInput> tables : inputs.data().values()) {
      for (DataInput input : tables) {
        writeTable(out, input.table());
      }
    }
    if (inputs.model().isPresent()) {
      writeModel(out, inputs.model().get());
    }
    for (ComponentModel model : inputs.isometric()) {
      writeModel(out, model);
    }
    writeContents(out, inputs.caches());
  }

  static Assignment read(Packet.Reader start, Frames.In in, Frames.Handler others)
      throws IOException {
    int protocol = start.integer();
    if (protocol != Frames.PROTOCOL) {
      throw new IOException(
          "the server speaks protocol " + protocol + ", this worker " + Frames.PROTOCOL);
    }
    String module = start.text();
    TaskId task = start.task();
    Party self = start.party();
    Parties parties = start.parties();
    Map<String, Object> given = start.map();
    long seed = start.number();
    byte[] ownKey = HexFormat.of().parseHex(start.text());
    int parallelism = start.integer();
    Path scratch = Path.of(start.text());
    Map<String, List<String>> sources = new LinkedHashMap<>();
    int kinds = start.count();
    for (int i = 0; i < kinds; i++) {
      List<String> names = sources.computeIfAbsent(start.text(), kind -> new ArrayList<>());
      int tables = start.count();
      for (int j = 0; j < tables; j++) {
        names.add(start.text());
      }
    }
    boolean hasModel = start.flag();
    int isometric = start.integer();
    List<CacheName> caches = readNames(start);
    Map<String, List<DataInput>> data = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> kind : sources.entrySet()) {
      List<DataInput> inputs = new ArrayList<>();
      for (String source : kind.getValue()) {
        inputs.add(new DataInput(source, readTable(in, others)));
      }
      data.put(kind.getKey(), inputs);
    }
    Optional<ComponentModel> model =
        hasModel ? Optional.of(readModel(in, others)) : Optional.empty();
    List<ComponentModel> models = new ArrayList<>();
    for (int i = 0; i < isometric; i++) {
      models.add(readModel(in, others));
    }
    return new Assignment(
        module,
        task,
        self,
        parties,
        given,
        seed,
        ownKey,
        parallelism,
        scratch,
        new TaskInputs(data, model, models, readContents(caches, in, others)));
  }

  static void writeTable(Frames.Out out, Table table) throws IOException {
    try (OutputStream chunks = out.chunks()) {
      TableCodec.write(table, chunks);
    }
  }

  static Table readTable(Frames.In in, Frames.Handler others) throws IOException {
    try (InputStream chunks = in.chunks(others)) {
      return TableCodec.read(chunks);
    }
  }

  static void writeModel(Frames.Out out, ComponentModel model) throws IOException {
    try (OutputStream chunks = out.chunks()) {
      chunks.write(ModelFile.write(model));
    }
  }

  static ComponentModel readModel(Frames.In in, Frames.Handler others) throws IOException {
    try (InputStream chunks = in.chunks(others)) {
      return ModelFile.read(chunks.readAllBytes());
    }
  }

  /**
   * A cache whose content comes in frames of its own.
   *
   * @param module who understands it
   * @param key what it is called
   */
  record CacheName(String module, String key) {}

  static void writeNames(Packet.Writer packet, List<TaskCache> caches) {
    packet.integer(caches.size());
    caches.forEach(cache -> packet.text(cache.module()).text(cache.key()));
  }

  static List<CacheName> readNames(Packet.Reader packet) throws IOException {
    List<CacheName> names = new ArrayList<>();
    int count = packet.count();
    for (int i = 0; i < count; i++) {
      names.add(new CacheName(packet.text(), packet.text()));
    }
    return names;
  }

  static void writeContents(Frames.Out out, List<TaskCache> caches) throws IOException {
    for (TaskCache cache : caches) {
      try (OutputStream chunks = out.chunks()) {
        chunks.write(cache.content());
      }
    }
  }

  static List<TaskCache> readContents(List<CacheName> names, Frames.In in, Frames.Handler others)
      throws IOException {
    List<TaskCache> caches = new ArrayList<>();
    for (CacheName name : names) {
      try (InputStream chunks = in.chunks(others)) {
        caches.add(new TaskCache(name.module(), name.key(), chunks.readAllBytes()));
      }
    }
    return caches;
  }
}
