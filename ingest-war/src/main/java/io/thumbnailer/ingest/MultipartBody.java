package io.thumbnailer.ingest;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.fileupload2.core.RequestContext;

/**
 * A request body as the multipart parser sees it.
 *
 * @param contentType the request's, empty when it has none
 * @param contentLength in bytes, -1 when not known
 * @param inputStream the body
 */
record MultipartBody(String contentType, long contentLength, InputStream inputStream)
    implements RequestContext {
  @Override
  public String getCharacterEncoding() {
    return StandardCharsets.UTF_8.name();
  }

  @Override
  public long getContentLength() {
    return contentLength;
  }

  @Override
  public String getContentType() {
    return contentType;
  }

  @Override
  public InputStream getInputStream() {
    return inputStream;
  }

  @Override
  public boolean isMultipartRelated() {
    return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/related");
  }
}
