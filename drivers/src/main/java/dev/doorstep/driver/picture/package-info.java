/**
 * Pictures of documents, for cameras and scanners: finds the page, makes it level and flat, cleans
 * it and gives it as JPEG, PNG, PDF or OFD. {@link dev.doorstep.driver.picture.Pictures} is the
 * door. It has the work done in a process of its own, {@link
 * dev.doorstep.driver.picture.PictureWorker}, whose requests are drawn there: a picture of 12
 * megapixels is larger than the agent's heap, and decoders are what damaged files kill.
 *
 * <pre>
 *   bytes → PictureDecoder → PageFinder → Warp → Gray → CleanBackground → BlackWhite → Warp.quarters
 *              Pnm            Thumbnail     Perspective   Background         → EncodedPage
 *              ExifOrientation EdgeMap      TextSkew                           JpegEncoder, PngEncoder
 *                             LineVotes     Shrink                           → DocumentMaker
 *                             QuadSearch                                       PdfWriter, OfdWriter, CardSheet
 *                             SideFit
 * </pre>
 *
 * <p>A page is found in a small picture: straight lines first, then the four of them that make the
 * likeliest page; its corners are then fitted in the large one. No page is better than a wrong one.
 */
@NullMarked
package dev.doorstep.driver.picture;

import org.jspecify.annotations.NullMarked;
