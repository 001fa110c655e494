/**
 * The component that brings a party's own stored table into a job. No rows are parsed here and no
 * message crosses: every party reads alone. Start at {@link io.fedflow.components.reader.Reader}.
 */
package io.fedflow.components.reader;
