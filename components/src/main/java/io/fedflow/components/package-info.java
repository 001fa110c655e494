/**
 * The door of the module: the list of components that come with Fedflow. Each family lives in a
 * package of its own below.
 */
package io.fedflow.components;
