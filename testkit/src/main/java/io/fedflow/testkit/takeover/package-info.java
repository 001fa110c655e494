/** Checks of what several servers of one site wrote while some of them were harmed. */
package io.fedflow.testkit.takeover;
