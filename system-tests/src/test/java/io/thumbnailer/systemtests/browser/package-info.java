/** The pages in a real Chromium, as people use them: mouse, keyboard, phone, screen reader. */
package io.thumbnailer.systemtests.browser;
