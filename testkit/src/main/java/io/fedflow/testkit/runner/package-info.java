/** The contract of task runners, and the component that its tests run. */
package io.fedflow.testkit.runner;
