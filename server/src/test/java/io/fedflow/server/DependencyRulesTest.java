package io.fedflow.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may see whom, over all modules. */
class DependencyRulesTest {

  private static final String COMPONENTS = "io.fedflow.components..";
  private static final String TRANSPORT = "io.fedflow.transport..";
  private static final String WORKER = "io.fedflow.worker..";
  private static final String STORAGE = "io.fedflow.storage..";
  private static final String TELEMETRY = "io.fedflow.telemetry..";
  private static final String IDENTITY = "io.fedflow.identity..";
  private static final String SERVER = "io.fedflow.server..";
  private static final String TESTKIT = "io.fedflow.testkit..";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.fedflow");

  private static final DescribedPredicate<JavaClass> CORE =
      JavaClass.Predicates.resideInAPackage("io.fedflow..")
          .and(
              JavaClass.Predicates.resideOutsideOfPackages(
                  COMPONENTS, TRANSPORT, WORKER, STORAGE, TELEMETRY, IDENTITY, SERVER, TESTKIT))
          .as("core");

  @Test
  void coreDependsOnTheJavaBaseModuleOnly() {
    classes()
        .that(CORE)
        .should()
        .onlyDependOnClassesThat(
            CORE.or(
                JavaClass.Predicates.resideInAnyPackage(
                    "java.io..",
                    "java.lang..",
                    "java.math..",
                    "java.nio..",
                    "java.security..",
                    "java.text..",
                    "java.time..",
                    "java.util.function..",
                    "java.util.stream..",
                    "java.util.concurrent..",
                    "java.util.zip..",
                    "java.util.random..",
                    "java.util.regex..",
                    "java.util",
                    "javax.crypto..",
                    "")))
        .check(ALL);
  }

  @Test
  void vertxStaysInTransportPostgresAndServer() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            TRANSPORT, "io.fedflow.storage.postgres..", SERVER, "io.fedflow.testkit.eventloop..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .check(ALL);
  }

  @Test
  void transportStorageTelemetryWorkersAndComponentsNeverSeeEachOther() {
    slices()
        .matching("io.fedflow.(components|transport|storage|telemetry|worker)..")
        .should()
        .notDependOnEachOther()
        .check(ALL);
  }

  @Test
  void bouncyCastleStaysWithAuthoritiesAndRequests() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.fedflow.identity.authority..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bouncycastle..")
        .check(ALL);
  }

  @Test
  void micrometerStaysInTelemetryAndServer() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.fedflow.telemetry.micrometer..", SERVER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micrometer..")
        .check(ALL);
  }

  @Test
  void duckDbStaysInStorageParquet() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.fedflow.storage.parquet..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.duckdb..", "io.fedflow.storage.parquet..")
        .check(ALL);
  }

  @Test
  void jdbcOfPostgresStaysInStorageJdbc() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.fedflow.storage.jdbc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.postgresql..", "io.fedflow.storage.jdbc..")
        .check(ALL);
  }

  @Test
  void nobodySeesTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SERVER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SERVER)
        .check(ALL);
  }

  @Test
  void commandsKnowAServerOnlyThroughItsClient() {
    noClasses()
        .that()
        .resideInAPackage("io.fedflow.server.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fedflow.server",
            "io.fedflow.transport.http..",
            "io.fedflow.transport.grpc..",
            STORAGE,
            COMPONENTS,
            "io.vertx..")
        .check(ALL);
  }

  @Test
  void theJavaClientNeedsNoVertx() {
    noClasses()
        .that()
        .resideInAPackage("io.fedflow.transport.client..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .check(ALL);
  }
}
