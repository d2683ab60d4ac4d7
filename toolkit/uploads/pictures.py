"""A picture on its way in: told from its bytes, measured before it is decoded, and drawn anew.

What comes out holds the pixels and nothing else: no place, no camera, no author, no remark, nothing behind its end.
"""

from io import BytesIO
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from toolkit.uploads.containers import holds_only_pixels, is_lossless_webp

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
# Phones put a second picture, such as one in depth, behind the first. The first is the photo.
SEVERAL_IN_ONE = "MPO"
# What a picture becomes; what that of a bundle may be already.
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
# Of 100. Nobody sees the difference, and the photo of a phone gets no larger by it.
QUALITY = 90
# Of 9. A large picture takes half as long as with Pillow's own 6, and a tenth more room.
PNG_EFFORT = 3
SRGB = ImageCms.createProfile("sRGB")


def drawn_anew(content: bytes, name: str) -> tuple[str, bytes]:
    """Give name and bytes of a picture with nothing but its pixels. Raises ValidationError, which says why not."""
    picture = opened(content)
    is_lossless = picture.format in ("PNG", "GIF") or is_lossless_webp(content)
    try:
        ImageOps.exif_transpose(picture, in_place=True)
        kind, drawn = _drawn(_in_screen_colours(picture), is_lossless)
    except Exception as error:  # Pillow lets through whatever its decoders raise
        raise _broken() from error
    return f"{PurePath(name).stem}{SUFFIXES[kind]}", drawn


def kept_or_drawn_anew(content: bytes, name: str) -> tuple[str, bytes]:
    """Give a picture as it is where it holds only pixels already, else drawn anew. Raises ValidationError.

    Bundles hold pictures that were drawn anew when they were uploaded: each copy of a copy would be a little worse.
    """
    picture = opened(content)
    if not holds_only_pixels(content):
        return drawn_anew(content, name)
    try:
        picture.load()
    except Exception as error:
        raise _broken() from error
    return f"{PurePath(name).stem}{SUFFIXES[picture.format]}", content


def opened(content: bytes) -> Image.Image:
    """Open a picture, whose pixels are not decoded yet. Raises ValidationError where it is none, or too large."""
    if len(content) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise too_large(len(content), settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
        width, height = picture.size
        moves = picture.format != SEVERAL_IN_ONE and getattr(picture, "is_animated", False)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:
        raise _no_picture(content) from error
    if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()
    if moves:
        says = _("This picture moves, and readers could not stop it. Upload it as a film, or save one picture of it.")
        raise ValidationError(says, code="moves")
    return picture


def _drawn(picture: Image.Image, is_lossless: bool) -> tuple[str, bytes]:
    """Give format and bytes: what was kept without loss stays so, what is transparent stays so."""
    drawn = BytesIO()
    if is_lossless or picture.mode == "RGBA":
        picture.save(drawn, "PNG", compress_level=PNG_EFFORT)
        return "PNG", drawn.getvalue()
    picture.save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return "JPEG", drawn.getvalue()


def _in_screen_colours(picture: Image.Image) -> Image.Image:
    """Give a picture in sRGB, which one without a profile is taken for, with what is transparent and nothing else.

    Each copy of 40 million pixels takes 160 MB, so none is made that is not needed.
    """
    opacity = _opacity(picture)
    if picture.mode.startswith("I"):
        # Of the two bytes of each pixel, a screen shows the upper.
        picture = picture.point(lambda value: value / 256).convert("L")
    coloured = _by_profile(picture) or (picture if picture.mode == "RGB" else picture.convert("RGB"))
    if opacity:
        coloured.putalpha(opacity)
    # Formats write what they find here: remarks, a profile, a place.
    coloured.info.clear()
    return coloured


def _opacity(picture: Image.Image) -> Image.Image | None:
    if not picture.has_transparency_data:
        return None
    opacity = (picture if "A" in picture.getbands() else picture.convert("RGBA")).getchannel("A")
    return None if opacity.getextrema() == (255, 255) else opacity


def _by_profile(picture: Image.Image) -> Image.Image | None:
    profile = picture.info.get("icc_profile")
    if not profile:
        return None
    try:
        if picture.mode not in ("L", "CMYK"):
            picture = picture.convert("RGB")
        return ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(BytesIO(profile)), SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        # One that is broken, or for other colours than these. Browsers leave such a profile out, too.
        return None


# --- What people are told -----------------------------------------------------------------------------------------


def too_large(size: int, limit: int) -> ValidationError:
    """Say that a file has too many bytes, and how many it may have."""
    sizes = {"size": filesizeformat(size), "limit": filesizeformat(limit)}
    says = _("This file is too large: %(size)s. The most is %(limit)s. Make it smaller, then upload it again.")
    return ValidationError(says, code="too_large", params=sizes)


def _too_many_pixels() -> ValidationError:
    millions = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    says = _("This picture has more than %(millions)s million pixels. Save it smaller: 2,000 pixels wide is plenty.")
    return ValidationError(says, code="too_many_pixels", params={"millions": millions})


def _broken() -> ValidationError:
    says = _("This picture is damaged: a part is missing or cannot be read. Save it again, or take another one.")
    return ValidationError(says, code="broken")


def _no_picture(content: bytes) -> ValidationError:
    if b"<svg" in content[:1000].lower():
        says = _("This is an SVG drawing, which may hold scripts. Save it as a PNG picture, and upload that.")
        return ValidationError(says, code="svg")
    says = _("This is not a picture that can be shown here. Save it as JPEG, PNG or WebP, and upload that.")
    return ValidationError(says, code="no_picture")
