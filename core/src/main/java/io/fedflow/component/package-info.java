/** The component SPI: what an algorithm declares, what it receives, what it gives. */
package io.fedflow.component;
