/**
 * A federation in a box: sites, network, disks and tasks on one thread and one agenda, all choices
 * drawn from one seed. {@link io.fedflow.testkit.sim.SimulatedWorld} plays whole jobs through the
 * real engine under faults and checks what must hold after every step. The same seed always tells
 * the same story.
 */
package io.fedflow.testkit.sim;
