package io.thumbnailer.cli.terminal;

/** The style of a word on a terminal; elsewhere it is printed without one. */
public enum Style {
  PLAIN(""),
  GOOD("\u001b[32m"),
  BAD("\u001b[31m"),
  WARNING("\u001b[33m");

  private static final String RESET = "\u001b[0m";
  private final String start;

  Style(String start) {
    this.start = start;
  }

  String apply(String safe, boolean coloured) {
    return coloured && !start.isEmpty() ? start + safe + RESET : safe;
  }
}
