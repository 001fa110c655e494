/** Runs components at all their parties inside a test. */
package io.fedflow.testkit.component;
