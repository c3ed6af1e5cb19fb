package dev.doorstep.simulator.device;

/** What can go wrong with the service of a document camera's vendor. */
public enum EloamFault {
  /** Takes connections and requests, and never answers. */
  SILENT,
  /** Answers each request with ret -2. */
  FAILS,
  /** Answers with text that is no JSON. */
  GARBAGE,
  /** Pictures are JSON, and no base64. */
  NO_BASE64,
  /** Pictures are base64, and no JPEG. */
  NO_PICTURE,
  /** A picture that never ends, in frames of a megabyte. */
  HUGE,
  /** Hangs up in the middle of a picture. */
  CUT,
  /** Says goodbye, as the protocol has it, where a picture is due. */
  CLOSING,
  /** No camera hangs on it. */
  NO_CAMERA
}
