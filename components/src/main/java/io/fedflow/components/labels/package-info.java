/**
 * Labels: reading them whatever their type, and the component {@link
 * io.fedflow.components.labels.LabelTransform} that gives them other names. Nothing crosses to
 * another party.
 */
package io.fedflow.components.labels;
