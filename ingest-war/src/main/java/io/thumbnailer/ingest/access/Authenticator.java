package io.thumbnailer.ingest.access;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/** Finds out who makes a request. */
interface Authenticator {
  /** The caller; empty when the request shows nothing, or nothing that is known. */
  Optional<Caller> authenticate(ContainerRequestContext request);
}
