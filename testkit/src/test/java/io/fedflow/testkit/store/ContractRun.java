package io.fedflow.testkit.store;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract inside a test and tells which promises were found broken. */
public final class ContractRun {

  private ContractRun() {}

  /** The ids of the promises that failing tests of a class cite, such as {@code J3}. */
  public static Set<String> brokenPromises(Class<?> contract) {
    Set<String> broken = new TreeSet<>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() && result.getStatus() == TestExecutionResult.Status.FAILED) {
                  broken.add(test.getDisplayName().split("[^A-Za-z0-9]")[0]);
                }
              }
            });
    return broken;
  }
}
