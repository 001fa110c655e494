package io.fedflow.server.cli;

import io.fedflow.transport.client.ClientOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fedflow init}, and {@code fedflow flow init}. */
@Command(
    name = "init",
    description = {
      "Keeps which server later commands ask; without options it shows what is kept.",
      "--server and FEDFLOW_SERVER still go first."
    })
final class InitCommand implements Callable<Integer> {

  private static final String USUAL_HOST = "127.0.0.1";
  private static final int USUAL_PORT = 9380;

  @Spec private CommandSpec spec;
  @Mixin private Console console;

  @Option(names = "--ip", description = "the server's address, usually " + USUAL_HOST)
  private String ip;

  @Option(names = "--port", description = "the server's port, usually " + USUAL_PORT)
  private Integer port;

  @Option(
      names = {"-c", "--server-conf-path"},
      paramLabel = "FILE",
      description = "FATE's configuration of the server, which names address and keys")
  private Path conf;

  @Option(names = "--app-key", description = "signs requests, together with the secret key")
  private String appKey;

  @Option(names = "--secret-key", description = "signs requests, together with the app key")
  private String secretKey;

  @Option(names = "--reset", description = "keep nothing any more")
  private boolean reset;

  @Override
  public Integer call() throws Exception {
    if (reset) {
      ClientSettings.forget();
    } else if (ip != null || port != null || conf != null || appKey != null || secretKey != null) {
      given().write();
    }
    ClientSettings kept = ClientSettings.read();
    console.result(kept.tree(), () -> words(kept));
    return 0;
  }

  private ClientSettings given() {
    ClientSettings from = conf == null ? addressed() : ServerConfFile.read(conf);
    if ((appKey == null) != (secretKey == null)) {
      throw wrong("--app-key, --secret-key: found one of them, allowed both or none");
    }
    try {
      ClientOptions.of(from.server());
    } catch (IllegalArgumentException malformed) {
      throw wrong(malformed.getMessage());
    }
    return appKey == null ? from : new ClientSettings(from.server(), appKey, secretKey);
  }

  private ClientSettings addressed() {
    int number = port == null ? USUAL_PORT : port;
    if (number < 1 || number > 65_535) {
      throw wrong("--port: found " + number + ", allowed 1..65535");
    }
    return new ClientSettings("http://" + (ip == null ? USUAL_HOST : ip) + ':' + number, "", "");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static String words(ClientSettings kept) {
    return kept.server().isEmpty()
        ? "nothing is kept; commands ask http://" + USUAL_HOST + ':' + USUAL_PORT
        : "commands ask "
            + kept.server()
            + (kept.secretKey().isEmpty() ? "" : ", signed as " + kept.appKey())
            + "; kept in "
            + ClientSettings.file();
  }
}
