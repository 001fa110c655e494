/**
 * Statistics of columns at one party: the component {@link
 * io.fedflow.components.statistics.DataStatistics}, and the moments and quantiles that other
 * components measure by. Nothing crosses to another party.
 */
package io.fedflow.components.statistics;
