/** JPEG XL with libjxl, if the machine has it. */
package io.thumbnailer.imaging.codec.jxl;
