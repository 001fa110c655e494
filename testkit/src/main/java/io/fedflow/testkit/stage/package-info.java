/** Waiting for stages in contracts. */
package io.fedflow.testkit.stage;
