/**
 * Additions to the API description beyond annotations. The description is made from the annotations
 * when the application is packaged (pom.xml); a server makes these additions when it starts, because
 * they depend on its settings.
 */
package io.thumbnailer.ingest.openapi;
