/**
 * Stepwise selection: a search for the columns of a guest and a host whose model has the lowest
 * information criterion, by dropping or adding one column at a time. Start at {@link
 * io.fedflow.components.stepwise.StepSearch}. Rules are those of FATE 1.11
 * (federatedml/model_selection/stepwise).
 *
 * <p>Nothing here sends or trains: a component fits every candidate, and tells the search which one
 * is the best. All parties run the same search, so they agree on candidates without naming them.
 */
package io.fedflow.components.stepwise;
