package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher where something is missing; a copy of it stands in an empty folder, so that it never
 * runs this build.
 */
class LauncherTest {

  private static final List<String> TOOLS =
      List.of(
          "sh", "dirname", "readlink", "sed", "find", "head", "tail", "grep", "mkdir", "mv", "rm");

  @TempDir Path folder;
  private Path launcher;
  private Path tools;

  private record Ran(int code, String text) {}

  @BeforeEach
  void copyTheLauncher() throws IOException {
    launcher = Files.copy(Path.of("..", "fedflow"), folder.resolve("fedflow"));
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin").resolve(tool));
    }
  }

  @Test
  void noJavaIsOneLineWithTheRemedy() throws Exception {
    oneLine(run(""), "no Java is on the PATH", "install a JDK 17");
  }

  @Test
  void aJavaHomeWithoutJavaIsOneLineWithTheRemedy() throws Exception {
    oneLine(run(folder.toString()), "JAVA_HOME is " + folder, "install a JDK 17");
  }

  @Test
  void tooOldAJavaIsOneLineWithTheRemedy() throws Exception {
    oneLine(run(fakeJdk("11")), "is Java 11", "install a JDK 17");
    oneLine(run(fakeJdk("1.8")), "is Java 1.8", "install a JDK 17");
  }

  @Test
  void aJavaWithoutCompilerIsOneLineWithTheRemedyIfThereIsNoBuild() throws Exception {
    oneLine(run(fakeJdk("17")), "no compiler (javac)", "install a JDK 17");
  }

  @Test
  void noNetworkAtTheFirstBuildIsNamed() throws Exception {
    String jdk = fakeJdk("17");
    script(Path.of(jdk, "bin", "javac"), "exit 0");
    script(folder.resolve("mvnw"), "echo 'wget: Failed to fetch the distribution' >&2; exit 1");

    Ran ran = run(jdk);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.text().strip().lines().toList())
        .satisfiesExactly(
            first -> assertThat(first).contains("building"),
            second -> assertThat(second).contains("could not download").contains("network"));
  }

  @Test
  void aFailingBuildShowsItsLastLines() throws Exception {
    String jdk = fakeJdk("17");
    script(Path.of(jdk, "bin", "javac"), "exit 0");
    script(folder.resolve("mvnw"), "echo 'ERROR a semicolon is missing'; exit 1");

    assertThat(run(jdk).text()).contains("a semicolon is missing").contains("build.log");
  }

  @Test
  void whatComputesGetsVectors_whereJavaHasThem() throws Exception {
    String jdk = fakeJdk("17");
    script(
        Path.of(jdk, "bin", "java"),
        "echo '    java.specification.version = 17'; echo '    java.home = " + jdk + "'; echo $*");
    script(Path.of(jdk, "bin", "javac"), "exit 0");
    script(folder.resolve("mvnw"), "mkdir -p server/target/lib");
    Path release = Path.of(jdk, "release");
    String flag = "--add-modules jdk.incubator.vector";

    Files.writeString(release, "MODULES=\"java.base java.compiler\"\n");
    assertThat(run(jdk, "server").text()).contains("io.fedflow.server.Main server");
    assertThat(run(jdk, "server").text()).doesNotContain(flag);

    Files.writeString(release, "MODULES=\"java.base jdk.incubator.vector jdk.net\"\n");
    assertThat(run(jdk, "server").text()).contains(flag).contains("io.fedflow.server.Main server");
    assertThat(run(jdk, "demo").text()).contains(flag);
    assertThat(run(jdk, "job").text()).contains("io.fedflow.server.Main job").doesNotContain(flag);
  }

  private static void oneLine(Ran ran, String... said) {
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.text().strip().lines()).hasSize(1);
    assertThat(ran.text()).contains(said);
  }

  private String fakeJdk(String version) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("jdk" + version).resolve("bin"));
    script(bin.resolve("java"), "echo '    java.specification.version = " + version + "' >&2");
    return bin.getParent().toString();
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + '\n');
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ran run(String javaHome) throws IOException, InterruptedException {
    return run(javaHome, "version");
  }

  private Ran run(String javaHome, String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(launcher.toString(), command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", tools.toString());
    if (!javaHome.isEmpty()) {
      environment.put("JAVA_HOME", javaHome);
    }
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), text);
  }
}
