package dev.doorstep.protocol.schema;

import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.DeviceEvent;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.CancelCommand;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.ClearScreen;
import dev.doorstep.protocol.operation.ConfirmOnScreen;
import dev.doorstep.protocol.operation.CountReceived;
import dev.doorstep.protocol.operation.DescribeAgent;
import dev.doorstep.protocol.operation.PreviewDocument;
import dev.doorstep.protocol.operation.PrintDocument;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.protocol.operation.ReadSocialCard;
import dev.doorstep.protocol.operation.ReleaseBlob;
import dev.doorstep.protocol.operation.ResendPieces;
import dev.doorstep.protocol.operation.ShowOnScreen;
import dev.doorstep.protocol.operation.SignOnScreen;
import java.util.List;

/** What version 1 of the contract consists of. */
public final class Contract {
  /** The records of every message, and of the parts that messages share. */
  public static final List<Class<?>> MESSAGES =
      List.of(
          Command.class,
          Reply.class,
          PointStatus.class,
          PointAbout.class,
          DeviceStatus.class,
          DeviceEvent.class,
          Content.class,
          Problem.class);

  /** Every operation that has no {@code x-} before its name. */
  public static final List<OperationType<?, ?>> OPERATIONS =
      List.of(
          ReadIdCard.TYPE,
          ReadSocialCard.TYPE,
          ReadCode.TYPE,
          CaptureDocument.TYPE,
          PreviewDocument.TYPE,
          PrintDocument.TYPE,
          PrintTicket.TYPE,
          AskEvaluation.TYPE,
          ShowOnScreen.TYPE,
          ConfirmOnScreen.TYPE,
          SignOnScreen.TYPE,
          ClearScreen.TYPE,
          ReadDeviceStatus.TYPE,
          DescribeAgent.TYPE,
          CancelCommand.TYPE,
          ResendPieces.TYPE,
          ReleaseBlob.TYPE,
          CountReceived.TYPE);

  private Contract() {}
}
