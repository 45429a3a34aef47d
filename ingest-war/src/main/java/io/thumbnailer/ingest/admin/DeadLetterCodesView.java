package io.thumbnailer.ingest.admin;

import java.util.List;

/**
 * The dead letters by code.
 *
 * @param codes most frequent first
 */
public record DeadLetterCodesView(List<Code> codes) {
  static final String EXAMPLE =
      """
      {"codes":[{"code":"unreadable-image","count":12,"replayable":false},
                {"code":"storage-unavailable","count":3,"replayable":true}]}\
      """;

  public DeadLetterCodesView {
    codes = List.copyOf(codes);
  }

  /**
   * The dead letters of one code.
   *
   * @param code that they failed with
   * @param count how many there are
   * @param replayable whether another attempt can succeed
   */
  public record Code(String code, long count, boolean replayable) {}
}
