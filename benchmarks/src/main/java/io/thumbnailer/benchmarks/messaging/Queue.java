package io.thumbnailer.benchmarks.messaging;

import java.io.IOException;

/** A queue on Redis that is measured. */
interface Queue {

  /** Characters of a message's text: about as many as a job has. */
  int TEXT = 300;

  /** What the table calls it. */
  String name();

  /** Whether it does all its work in Lua scripts, whose own commands no client sends. */
  boolean scripted();

  /**
   * Sends messages from several threads.
   *
   * @return seconds
   */
  double send(int messages, int threads) throws IOException, InterruptedException;

  /**
   * Takes all messages that wait, does nothing for each, and acknowledges it.
   *
   * @param messages that wait
   * @param concurrency how many are handled at the same time
   * @return seconds from the first that was taken to the last that was acknowledged
   */
  double drain(int messages, int concurrency) throws IOException, InterruptedException;
}
