package dev.doorstep.simulator.device;

/** What can go wrong with a scanner that speaks eSCL. */
public enum ScannerFault {
  /** Paper is stuck: the feeder's next sheet does not come. */
  JAM,
  /** A job's first sheet comes, and the second one is stuck. */
  SECOND_SHEET_JAMS,
  /** The feeder's cover is open: the next sheet does not come. */
  DOOR_OPEN,
  /** Another program scans: no job is taken. */
  BUSY,
  /** A user name and password are demanded. */
  DENIED,
  /** Takes connections and requests, and never answers. */
  SILENT,
  /** Takes jobs, and never has a page ready. */
  SLOW,
  /** Hangs up in the middle of a page. */
  CUT,
  /** Stops in the middle of a page, and keeps the line. */
  STALL,
  /** Announces more bytes of a page than it has, and hangs up. */
  TOO_FEW_BYTES,
  /** A page's picture never ends. */
  ENDLESS,
  /** Pages are no JPEG. */
  NOT_A_PICTURE,
  /** A page says that it has 65 535 by 65 535 pixels, and sends them. */
  HUGE_PICTURE,
  /** What it tells of itself is no XML. */
  BAD_XML,
  /** What it tells of itself declares entities that grow beyond any memory. */
  ENTITIES,
  /** What it tells of itself never ends. */
  ENDLESS_XML,
  /** What it answers is no HTTP. */
  NO_HTTP,
  /** It forgets each job at once. */
  FORGETS_JOBS,
  /** It names no place where the job is. */
  NO_LOCATION,
  /** The scanner reports a fault of its own. */
  DEFECT,
  /** The scanner is unplugged. */
  GONE
}
