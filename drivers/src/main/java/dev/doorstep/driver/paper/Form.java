package dev.doorstep.driver.paper;

/** What a document becomes before it goes to a printer. */
public enum Form {
  /** Nothing else: it is checked and passed on. */
  AS_IS("application/octet-stream"),
  /** Pages that any printer language can show. */
  PDF("application/pdf"),
  /** Pages as dots, of printers that know no more. */
  PWG_RASTER("image/pwg-raster"),
  /** One page as a picture. */
  JPEG("image/jpeg"),
  /** Each page as a picture of its own, for a screen; see {@link PagePicture}. */
  SCREEN("application/octet-stream");

  private final String contentType;

  Form(String contentType) {
    this.contentType = contentType;
  }

  /** Its media type. */
  public String contentType() {
    return contentType;
  }
}
