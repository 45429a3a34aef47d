package io.thumbnailer.messaging;

/**
 * The lane a message waits in, most urgent first. JMS has ten priorities, this queue three lanes.
 */
public enum Priority {
  /** Served before the others. */
  HIGH,
  /** The default. */
  NORMAL,
  /** Served last, but never starved. */
  LOW
}
