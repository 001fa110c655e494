/** The one family of failures, and the problems of a refused document. */
package io.fedflow.failure;
