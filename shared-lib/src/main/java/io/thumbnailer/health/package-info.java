/** Health checks that both applications share. */
package io.thumbnailer.health;
