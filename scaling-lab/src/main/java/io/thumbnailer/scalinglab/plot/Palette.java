package io.thumbnailer.scalinglab.plot;

import java.util.List;

/**
 * Colours that colour-blind people can tell apart: M. Okabe and K. Ito, "Color Universal Design",
 * 2008.
 */
final class Palette {
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  private Palette() {}

  static int size() {
    return COLOURS.size();
  }

  static String colour(int index) {
    return COLOURS.get(Math.floorMod(index, COLOURS.size()));
  }
}
