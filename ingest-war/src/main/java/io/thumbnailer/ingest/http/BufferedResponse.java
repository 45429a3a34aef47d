package io.thumbnailer.ingest.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;

/**
 * A response whose body stays in memory, unless the application makes its request asynchronous, as
 * it does for event streams, before it writes anything.
 */
final class BufferedResponse extends HttpServletResponseWrapper {
  private final ResponseBody body;
  private volatile boolean direct;
  private PrintWriter writer;

  BufferedResponse(HttpServletResponse response, ResponseBody body) {
    super(response);
    this.body = body;
  }

  /** Wraps the request, so that this response learns when it becomes asynchronous. */
  HttpServletRequest observe(HttpServletRequest request) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public AsyncContext startAsync() {
        direct = true;
        return super.startAsync();
      }

      @Override
      public AsyncContext startAsync(ServletRequest started, ServletResponse response) {
        direct = true;
        return super.startAsync(started, response);
      }
    };
  }

  /** Whether the body is complete in memory, so that somebody else has to send it. */
  boolean isBuffered() {
    if (writer != null) {
      writer.flush();
    }
    return !direct && !isCommitted() && body.length() > 0;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    return direct ? super.getOutputStream() : body;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (direct) {
      return super.getWriter();
    }
    if (writer == null) {
      writer = new PrintWriter(new OutputStreamWriter(body, getCharacterEncoding()));
    }
    return writer;
  }

  @Override
  public void flushBuffer() throws IOException {
    if (direct) {
      super.flushBuffer();
    }
  }

  @Override
  public void sendError(int status) throws IOException {
    direct = true; // the container creates the error page
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    direct = true;
    super.sendError(status, message);
  }

  @Override
  public void reset() {
    super.reset();
    body.clear();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    body.clear();
  }
}
