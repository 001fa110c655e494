package io.fedflow.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes results in the XML of JUnit, which build servers read. */
final class SuiteJUnit {

  private SuiteJUnit() {}

  static String write(SuiteReport report) {
    Map<String, List<SuiteResult>> suites =
        report.results().stream()
            .filter(result -> result.outcome() != SuiteResult.Outcome.REFERENCE)
            .collect(
                Collectors.groupingBy(SuiteResult::suite, LinkedHashMap::new, Collectors.toList()));
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites>\n");
    suites.forEach((suite, results) -> suite(xml, suite, results));
    return xml.append("</testsuites>\n").toString();
  }

  private static void suite(StringBuilder xml, String suite, List<SuiteResult> results) {
    long failed =
        results.stream().filter(each -> each.outcome() == SuiteResult.Outcome.FAILED).count();
    long apart = results.stream().filter(each -> !each.outcome().counts()).count();
    double seconds = results.stream().mapToDouble(SuiteResult::seconds).sum();
    xml.append(
        String.format(
            Locale.ROOT,
            "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" skipped=\"%d\" time=\"%.3f\">%n",
            escaped(suite),
            results.size(),
            failed,
            apart,
            seconds));
    for (SuiteResult result : results) {
      xml.append(
          String.format(
              Locale.ROOT,
              "    <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\"",
              escaped(suite),
              escaped(result.task()),
              result.seconds()));
      switch (result.outcome()) {
        case FAILED -> inner(xml, "failure", result.cause());
        case NO_DATA, NO_JOB, STOPPED -> inner(xml, "skipped", result.cause());
        default -> xml.append("/>\n");
      }
    }
    xml.append("  </testsuite>\n");
  }

  private static void inner(StringBuilder xml, String element, String message) {
    xml.append(">\n      <")
        .append(element)
        .append(" message=\"")
        .append(escaped(message))
        .append("\"/>\n    </testcase>\n");
  }

  /** Text that may stand in an attribute; characters that XML has not become question marks. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> {
              switch (each) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\n', '\t', '\r' -> safe.append("&#").append(each).append(';');
                default -> {
                  boolean allowed =
                      each >= 0x20
                          && (each < 0xD800 || each > 0xDFFF)
                          && each != 0xFFFE
                          && each != 0xFFFF;
                  safe.appendCodePoint(allowed ? each : '?');
                }
              }
            });
    return safe.toString();
  }
}
