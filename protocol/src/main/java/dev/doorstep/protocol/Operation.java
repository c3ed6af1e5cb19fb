package dev.doorstep.protocol;

/**
 * The parameters of one operation, as a record.
 *
 * @param <R> the record of its result
 */
public interface Operation<R> {
  /** The operation's name and the types of its parameters and result. */
  OperationType<? extends Operation<R>, R> type();
}
