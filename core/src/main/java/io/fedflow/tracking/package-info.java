/** What tasks report: metrics, summaries, outputs, logs. */
package io.fedflow.tracking;
