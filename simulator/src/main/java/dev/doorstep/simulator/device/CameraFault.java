package dev.doorstep.simulator.device;

/** What can go wrong with a camera that streams over HTTP. */
public enum CameraFault {
  /** Takes connections and requests, and never answers. */
  SILENT,
  /** A part begins and never ends: no length, no boundary, no end of the picture. */
  ENDLESS,
  /** Parts say that they are JPEG and hold other bytes. */
  NOT_A_PICTURE,
  /** Hangs up in the middle of a part. */
  CUT,
  /** Parts announce half of their length. */
  WRONG_LENGTH,
  /** Parts announce no length; the boundary alone ends them. As the standard allows. */
  NO_LENGTH,
  /** The camera is unplugged. */
  GONE
}
