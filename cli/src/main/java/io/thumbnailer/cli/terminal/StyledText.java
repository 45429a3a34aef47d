package io.thumbnailer.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** One line of text whose parts may be styled. Each part is made harmless when printed. */
public final class StyledText {
  private final List<Part> parts = new ArrayList<>();

  private record Part(String text, Style style) {}

  /** Adds a part. */
  public StyledText add(String text, Style style) {
    parts.add(new Part(text, style));
    return this;
  }

  /** Adds a plain part. */
  public StyledText add(String text) {
    return add(text, Style.PLAIN);
  }

  String render(boolean coloured) {
    StringBuilder line = new StringBuilder();
    for (Part part : parts) {
      line.append(part.style().apply(SafeText.of(part.text()), coloured));
    }
    return line.toString();
  }

  @Override
  public String toString() {
    return render(false);
  }
}
