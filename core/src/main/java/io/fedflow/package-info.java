/** The door: a running site and the handles of its jobs. */
package io.fedflow;
