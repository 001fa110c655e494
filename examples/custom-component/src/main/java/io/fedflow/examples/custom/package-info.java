/** Components, a store and threads of a host application's own, on the core alone. */
package io.fedflow.examples.custom;
