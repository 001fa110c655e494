package io.fedflow.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command tells what it did: for a person at a terminal, for a log, or as JSON. */
public final class Console {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "print JSON, the result last, and nothing else")
  private boolean json;

  boolean json() {
    return json;
  }

  /** A line for a person. */
  void say(String line) {
    if (!json) {
      out().println(line);
      out().flush();
    }
  }

  /** The result, if JSON is asked for. */
  void result(Object tree) {
    if (json) {
      out().println(Documents.write(tree));
      out().flush();
    }
  }

  /** The result in either form. */
  public void result(Object tree, Callable<String> words) throws Exception {
    if (json) {
      result(tree);
    } else {
      say(words.call());
    }
  }

  /** What suits the other end of the standard output. */
  ProgressView progress() {
    if (json) {
      return ProgressView.none();
    }
    boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    return terminal ? new BarView(out(), BarView.columns()) : new LineView(out());
  }

  /** A line for each change, whatever is at the other end. */
  ProgressView lines() {
    return json ? ProgressView.none() : new LineView(out());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
