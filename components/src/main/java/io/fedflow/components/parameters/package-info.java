/**
 * Parameter schemas that several components declare alike, so that a key means the same and has the
 * same default everywhere. Start at {@link io.fedflow.components.parameters.SharedParameters}. No
 * component's own parameters live here. Everything is immutable.
 */
package io.fedflow.components.parameters;
