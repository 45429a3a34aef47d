package io.thumbnailer.ingest.page;

import io.thumbnailer.ingest.http.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;

/** Shows problems as a page to users who opened a link or typed an address. */
@Provider
public class ProblemPage implements ContainerResponseFilter {
  private static final String POLICY =
      "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>%1$s · Thumbnailer</title>
          <link rel="icon" href="/favicon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/css/base.css">
        </head>
        <body>
          <header class="bar">
            <a class="brand" href="/"><img src="/favicon.svg" alt="" width="28" height="28">Thumbnailer</a>
          </header>
          <main class="problem">
            <p class="problem-status">%2$d</p>
            <h1>%1$s</h1>
            <p>%3$s.</p>
            <p><a class="button primary" href="/">Go to the upload page</a></p>
          </main>
        </body>
      </html>
      """;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem && isForPeople(request)) {
      response.setEntity(
          PAGE.formatted(escaped(problem.title()), problem.status(), escaped(sentence(problem))),
          new Annotation[0],
          new MediaType("text", "html", "utf-8"));
      response.getHeaders().putSingle("Content-Security-Policy", POLICY);
      response.getHeaders().putSingle("Referrer-Policy", "no-referrer");
      response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }
  }

  /** A browser accepts HTML when it opens a page, but not for a script or an image. */
  private static boolean isForPeople(ContainerRequestContext request) {
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    return request.getMethod().equals("GET") && accept != null && accept.contains("text/html");
  }

  private static String sentence(Problem problem) {
    String detail = problem.detail();
    return detail.isEmpty()
        ? problem.title()
        : Character.toUpperCase(detail.charAt(0)) + detail.substring(1);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
