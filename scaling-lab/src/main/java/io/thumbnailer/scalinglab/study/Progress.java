package io.thumbnailer.scalinglab.study;

/** Receives the progress of a long task; may be called by several threads at once. */
public interface Progress {
  /** Ignores all progress. */
  Progress SILENT =
      new Progress() {
        @Override
        public void begin(long steps) {}

        @Override
        public void step() {}

        @Override
        public void end() {}
      };

  /** The task begins and has the given number of steps. */
  void begin(long steps);

  /** A step is done. */
  void step();

  /** The task is done. */
  void end();
}
