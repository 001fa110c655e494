package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The way of a certificate, as people walk it. */
class PartyCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void fromAKeyToACertificateThatIsTrusted_andItsRenewal() {
    assertThat(run("party", "authority", "--authority", at("ca"), "--name", "Hospitals")).isZero();
    assertThat(out.toString()).contains("CN=Hospitals");
    assertThat(run("party", "init", "--identity", at("site"), "--party", "9999")).isZero();
    String digest = (String) json("sign", at("site/request.pem"), at("ca")).get("keyFingerprint");
    assertThat(out.toString()).contains("9999");
    assertThat(run("party", "show", "--identity", at("site"))).isEqualTo(1);
    assertThat(out.toString()).contains("has no certificate").contains("a key waits");

    assertThat(run("party", "trust", "--identity", at("site"), at("site/certificate.pem")))
        .isZero();
    assertThat(out.toString()).contains("own certificate", "trusted authority", "[9999]");
    assertThat(run("party", "show", "--identity", at("site"))).isZero();
    assertThat(out.toString())
        .contains("CN=party 9999", "by CN=Hospitals", "valid until", "364 days")
        .doesNotContain("PRIVATE KEY", digest);
    String before = new IdentityFolder(folder.resolve("site")).self().fingerprint();

    assertThat(run("party", "init", "--identity", at("site"), "--renew")).isZero();
    assertThat(run("party", "sign", at("site/request.pem"), "--authority", at("ca"))).isEqualTo(1);
    assertThat(err.toString()).contains("another key was signed", "--again");
    assertThat(run("party", "sign", at("site/request.pem"), "--authority", at("ca"), "--again"))
        .isZero();
    assertThat(run("party", "trust", "--identity", at("site"), at("site/certificate.pem")))
        .isZero();

    assertThat(new IdentityFolder(folder.resolve("site")).self())
        .satisfies(self -> assertThat(self.partyIds()).containsExactly("9999"))
        .satisfies(self -> assertThat(self.fingerprint()).isNotEqualTo(before));
  }

  @Test
  void mistakes_areToldInWords() {
    assertThat(run("party", "init", "--identity", at("site"))).isEqualTo(1);
    assertThat(err.toString()).contains("found no party");
    assertThat(run("party", "sign", at("none.pem"), "--authority", at("ca"))).isEqualTo(1);
    assertThat(err.toString()).contains("authority-key.pem");
    assertThat(run("party", "authority", "--authority", at("ca"), "--days", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("--days: found 0, allowed 1..");
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private Map<?, ?> json(String verb, String file, String authority) {
    assertThat(run("party", verb, file, "--authority", authority, "--json")).isZero();
    return (Map<?, ?>) new JacksonJsonCodec().read(out.toString());
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(out, true));
    return line.execute(arguments);
  }
}
