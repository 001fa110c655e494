package io.fedflow.transport.http.upload;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.transport.http.v1.LocalJobs;
import io.fedflow.transport.http.wire.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an upload asks for.
 *
 * @param namespace where the table goes
 * @param name its name there
 * @param replace whether a table of that name is dropped first
 * @param party the party id of the local job
 * @param parameters the parameters of the Upload module, without the file
 */
record UploadSettings(
    String namespace, String name, boolean replace, String party, Map<String, Object> parameters) {

  private static final String COMPONENT = "upload_0";
  private static final int MAX_PARTITIONS = 1023;

  /**
   * Reads and checks what a client sent.
   *
   * @throws io.fedflow.failure.FedflowException {@code argument.missing} or {@code argument.type}
   */
  static UploadSettings of(Arguments given) {
    given.require("namespace", "table_name", "head", "partition");
    String namespace = given.requiredText("namespace");
    String name = given.requiredText("table_name");
    boolean replace = given.flag("drop", false) || given.flag("destroy", false);
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("namespace", namespace);
    parameters.put("name", name);
    parameters.put("head", given.flag("head", true) ? 1 : 0);
    parameters.put("partition", given.integer("partition", 1, 1, MAX_PARTITIONS));
    parameters.put("destroy", replace);
    for (String text : List.of("id_delimiter", "duplicate_ids")) {
      given.text(text).ifPresent(value -> parameters.put(text, value));
    }
    for (String flag : List.of("extend_sid", "auto_increasing_sid", "with_meta")) {
      if (given.has(flag)) {
        parameters.put(flag, given.flag(flag, false));
      }
    }
    for (String object : List.of("meta", "schema")) {
      given.object(object).ifPresent(tree -> parameters.put(object, tree));
    }
    return new UploadSettings(
        namespace, name, replace, given.text("party_id").orElse("0"), parameters);
  }

  /** The job that loads a file, named as the Upload module finds it. */
  JobDocuments job(String file) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("file", file);
    all.putAll(parameters);
    return LocalJobs.of(COMPONENT, "Upload", party, all);
  }
}
