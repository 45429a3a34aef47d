/** The worker application. */
package io.thumbnailer.worker;
