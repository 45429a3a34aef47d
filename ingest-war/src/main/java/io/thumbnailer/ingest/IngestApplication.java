package io.thumbnailer.ingest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The JAX-RS application, at the root of the server. */
@ApplicationPath("/")
@LoginConfig(authMethod = "MP-JWT") // no effect unless the server has the feature
@OpenAPIDefinition(
    info =
        @Info(
            title = "Thumbnailer",
            version = "1",
            description =
                "Upload an image and get its thumbnails. Every error is application/problem+json"
                    + " (RFC 9457) with a stable `code`.",
            license =
                @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
    security = {@SecurityRequirement(name = "key"), @SecurityRequirement(name = "bearer")})
@SecurityScheme(
    securitySchemeName = "key",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    apiKeyName = "X-API-Key",
    description = "Not required if access is open, except for operations")
@SecurityScheme(
    securitySchemeName = "bearer",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "An API key or, if the server is configured for it, a MicroProfile JWT")
public class IngestApplication extends Application {}
