/** Networks that misbehave, for tests with real sockets. */
package io.fedflow.testkit.net;
