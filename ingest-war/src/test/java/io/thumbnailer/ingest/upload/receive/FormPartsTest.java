package io.thumbnailer.ingest.upload.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.ingest.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormPartsTest {
  private static final String BOUNDARY = "----boundary";
  private static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private record Read(String name, Optional<String> filename, String content) {}

  @Test
  void fieldsAndFilesComeInTheirOrder() throws IOException {
    byte[] body =
        form(
            part("form-data; name=\"priority\"", bytes("high")),
            part("form-data; name=\"file\"; filename=\"a.jpg\"", bytes("A")),
            part("form-data; name=\"file\"; filename=\"\"", new byte[0]));
    List<Read> parts = read(TYPE, body);
    assertThat(parts).extracting(Read::name).containsExactly("priority", "file", "file");
    assertThat(parts)
        .extracting(Read::filename)
        .containsExactly(Optional.empty(), Optional.of("a.jpg"), Optional.of(""));
    assertThat(parts.get(0).content()).isEqualTo("high");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      value = {
        "filename=\"photo.jpg\"|photo.jpg",
        "filename=photo.jpg|photo.jpg",
        "FileName=\"photo.jpg\"|photo.jpg",
        "filename=\"Zoë's and Tom's 写真 🙂.jpg\"|Zoë's and Tom's 写真 🙂.jpg",
        "filename=\"a; name=b; filename=c.jpg\"|a; name=b; filename=c.jpg",
        "filename=\"say \\\"hi\\\".jpg\"|say \"hi\".jpg",
        "filename=\"C:\\photos\\a.jpg\"|C:\\photos\\a.jpg",
        "filename=\"100%25.jpg\"|100%25.jpg",
        "filename=\"../../etc/passwd\"|../../etc/passwd",
        "filename*=UTF-8''na%C3%AFve%20plan.jpg|naïve plan.jpg",
        "filename=\"plan.jpg\"; filename*=UTF-8''na%C3%AFve.jpg|naïve.jpg",
      })
  void fileNamesAreDecodedAsTheClientMeant(String parameter, String name) throws IOException {
    byte[] body = form(part("form-data; name=\"file\"; " + parameter, bytes("x")));
    assertThat(read(TYPE, body).get(0).filename()).contains(name);
    assertThat(read(TYPE, body).get(0).name()).isEqualTo("file");
  }

  /** Ends, near-boundaries and lengths around the reader's buffer sizes. */
  @Test
  void contentIsReadUnchanged() throws IOException {
    Random random = new Random(1);
    List<byte[]> contents = new ArrayList<>();
    for (String end :
        List.of("", "\r", "\n", "\r\n", "\r\n\r\n", "\r\n--", "\r\n------boundar", "--", "-")) {
      for (int length : new int[] {0, 1, 2, 4079, 4080, 4095, 4096, 4097, 8191, 8192, 70_000}) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        contents.add(joined(content, bytes(end)));
      }
    }
    for (int length = 4040; length < 4110; length++) {
      contents.add(new byte[length]);
      contents.add(bytes("\r\n--".repeat(length / 4)));
    }
    for (byte[] content : contents) {
      byte[] body =
          form(
              part("form-data; name=\"file\"; filename=\"a\"", content),
              part("form-data; name=\"file\"; filename=\"b\"", content));
      List<Read> parts = read(TYPE, body);
      assertThat(parts).hasSize(2);
      assertThat(parts.get(0).content()).isEqualTo(latin1(content));
      assertThat(parts.get(1).content()).isEqualTo(latin1(content));
    }
  }

  @Test
  void aTruncatedFormIsNeverTakenForACompleteOne() {
    byte[] body =
        form(
            part("form-data; name=\"file\"; filename=\"a\"", new byte[100]),
            part("form-data; name=\"file\"; filename=\"b\"", new byte[100]));
    int closed = body.length - 2; // the last line's end is not needed
    for (int length = 0; length < closed; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThatThrownBy(() -> read(TYPE, cut))
          .as("after %d of %d bytes", length, body.length)
          .isInstanceOfAny(IOException.class, ProblemException.class);
    }
  }

  @Test
  void preambleAndEpilogueAreIgnored() throws IOException {
    byte[] form = form(part("form-data; name=\"file\"; filename=\"a\"", bytes("x")));
    byte[] body = joined(bytes("hello\r\n"), joined(form, bytes("--" + BOUNDARY + "\r\n\r\n")));
    assertThat(read(TYPE, body)).hasSize(1);
  }

  @Test
  void encodingsOfPartsAreIgnored() throws IOException {
    byte[] inner = form(part("form-data; name=\"file\"; filename=\"inner\"", bytes("x")));
    String encoded = "aGVsbG8=";
    byte[] body =
        formOf(
            "form-data; name=\"file\"; filename=\"outer\"\r\n"
                + "Content-Type: multipart/mixed; boundary=other",
            latin1(inner).replace(BOUNDARY, "other"),
            "form-data; name=\"file\"; filename=\"b\"\r\nContent-Transfer-Encoding: base64",
            encoded);
    List<Read> parts = read(TYPE, body);
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0).content()).hasSizeGreaterThan(inner.length / 2);
    assertThat(parts.get(1).content()).isEqualTo(encoded);
  }

  @Test
  void aPartThatIsNotReadToItsEndIsSkipped() throws IOException {
    byte[] body =
        form(
            part("form-data; name=\"file\"; filename=\"a\"", new byte[100_000]),
            part("form-data; name=\"file\"; filename=\"b\"", bytes("x")));
    try (FormParts parts = new FormParts(TYPE, new ByteArrayInputStream(body))) {
      parts.next().orElseThrow().content().readNBytes(10);
      assertThat(parts.next().orElseThrow().filename()).contains("b");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "application/json",
        "multipart/mixed; boundary=" + BOUNDARY,
        "multipart/form-data"
      })
  void aBodyThatIsNotAFormIsRefused(String contentType) {
    assertRefused(contentType, form(part("form-data; name=\"file\"", bytes("x"))), "no-file");
  }

  @Test
  void aBoundaryThatWouldMakeTheSearchSlowIsRefused() {
    assertRefused("multipart/form-data; boundary=" + "-".repeat(71), new byte[0], "bad-request");
    assertRefused("multipart/form-data; boundary=\"\"", new byte[0], "bad-request");
  }

  @Test
  void endlessHeadersAreRefused() {
    assertRefused(
        TYPE,
        form(part("form-data; name=\"" + "n".repeat(9000) + "\"", bytes("x"))),
        "bad-request");
    assertRefused(
        TYPE,
        form(part("form-data; name=\"a\"" + "\r\nX-More: 1".repeat(16), bytes("x"))),
        "bad-request");
    assertRefused(TYPE, form(part("form-data\r\nno header at all", bytes("x"))), "bad-request");
  }

  private static void assertRefused(String contentType, byte[] body, String code) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read(contentType, body))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
  }

  /** Delivers a few bytes at a time, like a network. */
  private static List<Read> read(String contentType, byte[] body) throws IOException {
    Random sizes = new Random(body.length);
    InputStream source =
        new FilterInputStream(new ByteArrayInputStream(body)) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(length, 1 + sizes.nextInt(5000)));
          }
        };
    List<Read> read = new ArrayList<>();
    try (FormParts parts = new FormParts(contentType, source)) {
      for (Optional<FormParts.Part> next = parts.next(); next.isPresent(); next = parts.next()) {
        FormParts.Part part = next.get();
        read.add(new Read(part.name(), part.filename(), latin1(part.content().readAllBytes())));
      }
    }
    return read;
  }

  /** One character per byte, for contents that are not text. */
  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] formOf(String... dispositionsAndContents) {
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < dispositionsAndContents.length; i += 2) {
      parts.add(
          part(
              dispositionsAndContents[i],
              dispositionsAndContents[i + 1].getBytes(StandardCharsets.ISO_8859_1)));
    }
    return form(parts.toArray(byte[][]::new));
  }

  private static byte[] form(byte[]... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    body.writeBytes(bytes("--" + BOUNDARY + "--\r\n"));
    return body.toByteArray();
  }

  private static byte[] part(String disposition, byte[] content) {
    byte[] head = bytes("--" + BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n\r\n");
    return joined(joined(head, content), bytes("\r\n"));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
