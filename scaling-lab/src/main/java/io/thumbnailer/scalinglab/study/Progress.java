package io.thumbnailer.scalinglab.study;

/** Is told how far a long work is; it may be called by several threads at once. */
public interface Progress {
  /** Tells no one. */
  Progress SILENT =
      new Progress() {
        @Override
        public void begin(long steps) {}

        @Override
        public void step() {}

        @Override
        public void end() {}
      };

  /** The work begins and has so many steps. */
  void begin(long steps);

  /** A step is done. */
  void step();

  /** The work is done. */
  void end();
}
