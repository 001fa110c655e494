package io.fedflow.server;

import io.fedflow.transport.http.v1.Template;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * The examples that clients may take away, laid out as FATE's: unpacked into one folder, all of
 * them run from there.
 */
final class ExampleTemplates {

  private ExampleTemplates() {}

  static List<Template> all() {
    return Stream.of(
            Stream.of("breast_hetero_guest.csv", "breast_hetero_host.csv")
                .map(name -> of("fate_examples", "data", name)),
            Stream.of("demo_dsl.json", "demo_conf.json", "pipeline_dsl.json", "pipeline_conf.json")
                .map(name -> of("fate_examples", "jobs", name)),
            Stream.of("upload_guest.json", "upload_host.json")
                .map(name -> of("fateflow_examples", "upload", name)))
        .flatMap(each -> each)
        .toList();
  }

  private static Template of(String root, String folder, String name) {
    return new Template(List.of(root, folder, name), () -> open("cli/" + folder + '/' + name));
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = ExampleTemplates.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("the build lacks the example " + resource + "; build again");
    }
    return in;
  }
}
