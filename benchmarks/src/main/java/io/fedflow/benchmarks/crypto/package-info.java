/** What the cryptography costs on one core, beside textbook code. */
package io.fedflow.benchmarks.crypto;
