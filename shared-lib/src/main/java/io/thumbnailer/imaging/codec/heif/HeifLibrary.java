package io.thumbnailer.imaging.codec.heif;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/** The functions of libheif that are used. Names and types are those of {@code heif.h}, 1.13. */
interface HeifLibrary extends Library {
  int HEVC = 1;
  int AV1 = 4;

  /** {@code heif_suberror_End_of_data}. */
  int END_OF_DATA = 100;

  int COLORSPACE_RGB = 1;
  int CHROMA_RGB = 10;
  int CHROMA_RGBA = 11;
  int CHANNEL_INTERLEAVED = 10;

  /** {@code heif_error_Unsupported_feature}. */
  int UNSUPPORTED_FEATURE = 4;

  // heif_content_light_level, heif_mastering_display_colour_volume
  int LIGHT_BYTES = 64;
  int MASTERING_PEAK = 16;

  /** The offset of {@code heif_decoding_options.ignore_transformations}. */
  int IGNORE_TRANSFORMATIONS = 1;

  /** The offset of {@code heif_decoding_options.convert_hdr_to_8bit}. */
  int CONVERT_HDR_TO_8BIT = 40;

  /** {@code heif_error}, which is returned by value. */
  @Structure.FieldOrder({"code", "subcode", "message"})
  class HeifError extends Structure implements Structure.ByValue {
    /** 0 for success. */
    public int code;

    /** A more specific code. */
    public int subcode;

    /** The message. */
    public Pointer message;
  }

  /** {@code heif_writer}, which receives the finished file. */
  @Structure.FieldOrder({"apiVersion", "write"})
  class HeifWriter extends Structure {
    /** The version of the structure: 1. */
    public int apiVersion;

    /** Called once, within {@code heif_context_write}. */
    public Write write;

    /** Receives bytes. The error that it returns needs a message, even if it is empty. */
    public interface Write extends Callback {
      HeifError invoke(Pointer context, Pointer bytes, NativeLong size, Pointer data);
    }
  }

  String heif_get_version();

  int heif_have_encoder_for_format(int format);

  HeifError heif_context_get_encoder_for_format(
      Pointer context, int format, PointerByReference encoder);

  void heif_encoder_release(Pointer encoder);

  HeifError heif_encoder_set_lossy_quality(Pointer encoder, int quality);

  HeifError heif_encoder_set_parameter(Pointer encoder, String name, String value);

  HeifError heif_image_create(
      int width, int height, int colorspace, int chroma, PointerByReference image);

  HeifError heif_image_add_plane(Pointer image, int channel, int width, int height, int bits);

  Pointer heif_image_get_plane(Pointer image, int channel, IntByReference stride);

  HeifError heif_context_encode_image(
      Pointer context, Pointer image, Pointer encoder, Pointer options, PointerByReference handle);

  HeifError heif_context_write(Pointer context, HeifWriter writer, Pointer data);

  int heif_have_decoder_for_format(int format);

  Pointer heif_context_alloc();

  void heif_context_free(Pointer context);

  void heif_context_set_maximum_image_size_limit(Pointer context, int side);

  void heif_context_set_max_decoding_threads(Pointer context, int threads);

  HeifError heif_context_read_from_memory_without_copy(
      Pointer context, Pointer bytes, NativeLong size, Pointer options);

  HeifError heif_context_get_primary_image_handle(Pointer context, PointerByReference handle);

  void heif_image_handle_release(Pointer handle);

  int heif_image_handle_get_width(Pointer handle);

  int heif_image_handle_get_height(Pointer handle);

  int heif_image_handle_has_alpha_channel(Pointer handle);

  int heif_image_handle_is_premultiplied_alpha(Pointer handle);

  NativeLong heif_image_handle_get_raw_color_profile_size(Pointer handle);

  HeifError heif_image_handle_get_raw_color_profile(Pointer handle, Pointer profile);

  HeifError heif_image_get_nclx_color_profile(Pointer image, PointerByReference profile);

  int heif_image_has_content_light_level(Pointer image);

  void heif_image_get_content_light_level(Pointer image, Pointer levels);

  int heif_image_has_mastering_display_colour_volume(Pointer image);

  void heif_image_get_mastering_display_colour_volume(Pointer image, Pointer volume);

  HeifError heif_image_handle_get_nclx_color_profile(Pointer handle, PointerByReference profile);

  void heif_nclx_color_profile_free(Pointer profile);

  Pointer heif_decoding_options_alloc();

  void heif_decoding_options_free(Pointer options);

  HeifError heif_decode_image(
      Pointer handle, PointerByReference image, int colorspace, int chroma, Pointer options);

  void heif_image_release(Pointer image);

  int heif_image_get_width(Pointer image, int channel);

  int heif_image_get_height(Pointer image, int channel);

  Pointer heif_image_get_plane_readonly(Pointer image, int channel, IntByReference stride);
}
