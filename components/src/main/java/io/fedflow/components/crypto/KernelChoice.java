package io.fedflow.components.crypto;

/**
 * A kernel and why it was chosen.
 *
 * @param report one line, begins with the kernel's name
 */
record KernelChoice(ModularKernelFactory kernels, String report) {}
