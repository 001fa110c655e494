/** Models: what components learn, their message shapes, and the registry of versions. */
package io.fedflow.model;
