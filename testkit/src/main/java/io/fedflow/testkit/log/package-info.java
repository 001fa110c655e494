/** What a test sees of the log. */
package io.fedflow.testkit.log;
