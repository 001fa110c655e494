package io.fedflow.server.cli;

import io.fedflow.audit.AuditCheck;
import io.fedflow.audit.AuditHead;
import io.fedflow.audit.AuditReport;
import io.fedflow.failure.FedflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code fedflow audit verify}. */
@Command(
    name = "verify",
    description = {
      "Reads the audit log of a server's folder and names every line that was changed, removed or",
      "moved, and an end that was cut off. Exits with 0 if it is sound, otherwise with 1.",
      "Whoever may write the folder could write a whole new log: note the head that this prints at",
      "another place, and give it by --head the next time."
    })
final class AuditVerifyCommand implements Callable<Integer> {

  @Mixin private Console console;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "folder of the server, default ${DEFAULT-VALUE}",
      defaultValue = ".fedflow")
  private Path dataDir;

  @Option(
      names = "--head",
      paramLabel = "NUMBER:HASH",
      description = "a head that was noted earlier and must be in the log; repeatable",
      converter = HeadText.class)
  private List<AuditHead> heads = List.of();

  @Override
  public Integer call() throws Exception {
    Path folder = dataDir.resolve("audit");
    if (!Files.isDirectory(folder)) {
      throw FedflowException.invalid(
          "audit.unknown", "--data-dir: found no audit log in " + folder);
    }
    AuditReport report = AuditCheck.of(folder, heads.toArray(AuditHead[]::new));
    console.result(tree(report), () -> text(report));
    return report.sound() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static Map<String, Object> tree(AuditReport report) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("sound", report.sound());
    tree.put("records", report.records());
    tree.put("head", report.end().toString());
    tree.put("torn", report.torn());
    tree.put("findings", report.findings().stream().map(AuditVerifyCommand::tree).toList());
    return tree;
  }

  private static Map<String, Object> tree(AuditReport.Finding finding) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", finding.file());
    tree.put("line", finding.line());
    tree.put("text", finding.text());
    return tree;
  }

  private static String text(AuditReport report) {
    List<String> lines = new ArrayList<>();
    report.findings().forEach(finding -> lines.add(finding.toString()));
    if (report.torn()) {
      lines.add("the last line was not written whole, as after a crash; nobody was told of it");
    }
    lines.add(
        report.sound()
            ? "sound: " + report.records() + " records, head " + report.end()
            : "NOT SOUND: " + report.findings().size() + " findings");
    return String.join(System.lineSeparator(), lines);
  }

  /** Reads a head. */
  static final class HeadText implements ITypeConverter<AuditHead> {
    @Override
    public AuditHead convert(String text) {
      try {
        return AuditHead.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(wrong.getMessage());
      }
    }
  }
}
