/** Who takes part in a job: roles and parties. */
package io.fedflow.party;
