/**
 * HomoLR: logistic regression over parties that have the same columns and different rows, by
 * federated averaging (McMahan et al., "Communication-Efficient Learning of Deep Networks from
 * Decentralized Data", AISTATS 2017). Guest and hosts train alone for some epochs; then all go on
 * from the mean of their weights, by their numbers of rows. The arbiter sees sums only ({@link
 * io.fedflow.components.aggregation}). Parameters, optimizers and stored models are those of FATE
 * 1.11's module of the same name, which trains a layer of PyTorch.
 *
 * <p>Start at {@link io.fedflow.components.homolr.HomoLR}; {@code HomoLrMember} is the part of
 * guest and hosts, {@code HomoLrArbiter} the arbiter's, {@code LocalTraining} what happens between
 * two sums.
 */
package io.fedflow.components.homolr;
