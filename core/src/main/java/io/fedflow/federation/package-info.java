/** Party-to-party messages inside a task. */
package io.fedflow.federation;
