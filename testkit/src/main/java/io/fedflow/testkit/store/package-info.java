/**
 * The conformance kits of the store ports. Extend each contract in a test, say how to open the
 * stores, and every numbered promise of the port is tested; a test's name starts with the promise
 * it cites.
 */
package io.fedflow.testkit.store;
