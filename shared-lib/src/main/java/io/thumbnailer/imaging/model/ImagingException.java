package io.thumbnailer.imaging.model;

/** The image cannot be rendered; another attempt would fail as well. */
public class ImagingException extends Exception {

  /** The reason, with the stable code of the HTTP contract. */
  public enum Reason {
    /** The first bytes do not match any known format. */
    UNSUPPORTED_TYPE("unsupported-type"),
    /** The header or the pixels are broken. */
    UNREADABLE_IMAGE("unreadable-image"),
    /** Too much of the image is missing. */
    TRUNCATED_IMAGE("truncated-image"),
    /** More pixels than the budget allows. */
    TOO_MANY_PIXELS("too-many-pixels");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** The stable code. */
    public String code() {
      return code;
    }
  }

  private final Reason reason;

  /** Creates an exception with a sentence for users, which contains no file names or paths. */
  public ImagingException(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** Creates an exception with a sentence for users, and the decoder's exception. */
  public ImagingException(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  /** The reason. */
  public Reason reason() {
    return reason;
  }
}
