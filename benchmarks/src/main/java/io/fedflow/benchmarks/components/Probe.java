package io.fedflow.benchmarks.components;

import java.math.BigInteger;
import java.util.Random;

/**
 * How fast the machine is at this moment, by work that has nothing to do with a component.
 *
 * @param pass milliseconds of adding up ten million numbers of plain arrays, the best of three
 * @param product microseconds of a product of 4096 bits modulo another number by {@link BigInteger}
 */
record Probe(double pass, double product) {

  private static final double[] NUMBERS = new Random(1).doubles(100_000).toArray();
  private static final int PASSES = 100;
  private static final BigInteger MODULUS = new BigInteger(4096, new Random(2)).setBit(4095);
  private static final BigInteger FACTOR = new BigInteger(4095, new Random(3));
  private static final int PRODUCTS = 1000;
  private static final int TRIES = 3;

  // What is computed is kept, so that no compiler leaves it out.
  private static volatile double kept;

  /** Measures, for some tens of milliseconds. */
  static Probe now() {
    double pass = Double.MAX_VALUE;
    double product = Double.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      kept = sums();
      long between = System.nanoTime();
      kept = products();
      pass = Math.min(pass, (between - start) / 1e6);
      product = Math.min(product, (System.nanoTime() - between) / 1e3 / PRODUCTS);
    }
    return new Probe(pass, product);
  }

  private static double sums() {
    double sum = 0;
    for (int i = 0; i < PASSES; i++) {
      for (double number : NUMBERS) {
        sum += number;
      }
    }
    return sum;
  }

  private static double products() {
    BigInteger value = FACTOR;
    for (int i = 0; i < PRODUCTS; i++) {
      value = value.multiply(FACTOR).mod(MODULUS);
    }
    return value.doubleValue();
  }
}
