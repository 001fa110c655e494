/**
 * A site's own rules about jobs: who may take part, what may run, with which parameters and keys,
 * on which tables. {@link io.fedflow.policy.SitePolicy} judges a job without asking anything, so
 * that the same rules can be tried offline; {@link io.fedflow.policy.SitePolicyCheck} asks for what
 * the rules need to know and decides.
 */
package io.fedflow.policy;
