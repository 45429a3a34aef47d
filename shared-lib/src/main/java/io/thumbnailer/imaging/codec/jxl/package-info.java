/** JPEG XL by libjxl, where the machine has it. */
package io.thumbnailer.imaging.codec.jxl;
