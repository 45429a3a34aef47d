package io.thumbnailer.ingest.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends responses without a thread that waits for the client. The server has few threads, and
 * clients may read slowly or not at all. A response is first created in memory; all responses that
 * have not been sent share a limit.
 *
 * <p>Event streams have their own threads. Liberty writes responses without a body in the thread of
 * their request, and cannot do it in another way.
 */
@WebFilter(filterName = "non-blocking-response", urlPatterns = "/*", asyncSupported = true)
public class NonBlockingResponseFilter extends HttpFilter {
  @Serial private static final long serialVersionUID = 1L;

  private static final long MAX_UNSENT_BYTES = 48L << 20;

  private final transient AtomicLong unsent = new AtomicLong();

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if ("HEAD".equals(request.getMethod())) {
      chain.doFilter(request, response);
      return;
    }
    ResponseBody body = new ResponseBody(unsent, MAX_UNSENT_BYTES);
    BufferedResponse buffered = new BufferedResponse(response, body);
    boolean sending = false;
    try {
      chain.doFilter(buffered.observe(request), buffered);
      if (buffered.isBuffered()) {
        send(request, response, body);
        sending = true;
      }
    } finally {
      if (!sending) {
        body.clear();
      }
    }
  }

  private static void send(
      HttpServletRequest request, HttpServletResponse response, ResponseBody body)
      throws IOException {
    response.setContentLengthLong(body.length());
    // Liberty writes without blocking only when more than this is buffered.
    response.setBufferSize(1);
    AsyncContext context = request.startAsync(request, response);
    context.setTimeout(0); // the server's write time-out applies to each piece
    response
        .getOutputStream()
        .setWriteListener(new ResponseTransmission(context, response.getOutputStream(), body));
  }
}
