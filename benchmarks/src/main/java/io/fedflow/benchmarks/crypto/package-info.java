/**
 * What the cryptography costs on one core, beside textbook code and, where one is installed, FATE
 * 1.11.
 */
package io.fedflow.benchmarks.crypto;
