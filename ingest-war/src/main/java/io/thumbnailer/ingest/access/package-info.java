/**
 * Authenticates callers, and decides what they may call and how often.
 *
 * <p>Calls state their role with {@link io.thumbnailer.ingest.access.RequiresRole} rather than with
 * {@code @RolesAllowed}, which cannot express that a role is required in open access too, that the
 * role depends on a setting (public thumbnails), or that a call without an annotation requires one.
 * With the feature of MicroProfile JWT, Liberty would also check {@code @RolesAllowed} against the
 * groups of a token before this package sees the request. Resources and filters find the caller in
 * the {@code SecurityContext} of JAX-RS.
 */
package io.thumbnailer.ingest.access;
