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
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A value for each message and for the parameters of each operation, with every member. */
public final class Samples {
  private static final String BLOB =
      "{'contentType':'application/pdf','blob':{'id':'b','size':250112,'sha256':'"
          + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08','pieces':4}}";

  /** Parameters with every member, several where members exclude each other. */
  private static final Map<String, List<String>> WHOLE =
      Map.ofEntries(
          entry("id-card.read", "{'wait':'PT5S'}", "{}"),
          entry("social-card.read", "{'wait':'PT5S'}", "{}"),
          entry("code.read", "{'wait':'PT5S'}", "{}"),
          entry("document.capture", "{'format':'JPEG'}"),
          entry("document.preview", "{'rate':5,'width':320,'time':'PT1M'}"),
          entry(
              "document.print",
              "{'content':"
                  + BLOB
                  + ",'copies':2,'duplex':'LONG_EDGE','media':'iso_a4_210x297mm',"
                  + "'pages':'1-3,5','color':'GRAY'}",
              "{'content':{'contentType':'text/plain','base64':'AQI='}}"),
          entry(
              "ticket.print",
              "{'lines':[{'text':'a','align':'LEFT','size':2,'bold':true}],'cut':'FULL'}",
              "{'lines':[{'qr':'a','align':'LEFT','size':2,'bold':true}],'cut':'FULL'}",
              "{'lines':[{'text':'a','qr':null}]}",
              "{'lines':[{'text':'a','qr':'b'}]}",
              "{'lines':[{'barcode':{'symbology':'CODE_128','text':'a'},'size':2}]}",
              "{'lines':[{'barcode':{'symbology':'EAN_13','text':'6901234567892'}}]}",
              "{'lines':[{'barcode':{'symbology':'CODE_39','text':'A-1'},'text':'a'}]}",
              "{'lines':[{'image':{'contentType':'image/png','base64':'AQI='},'size':8}]}",
              "{'lines':[{'image':" + BLOB + ",'qr':'b'}]}"),
          entry(
              "evaluation.ask",
              "{'number':'n','item':'a','window':'w','staff':'b','reasons':true,'comment':true,"
                  + "'wait':'PT1M'}",
              "{'item':'a','wait':'PT1M'}"),
          entry(
              "screen.show",
              "{'title':'a','text':'b','content':" + BLOB + ",'pages':'1-3,5','stay':'PT1M'}",
              "{'text':'b'}",
              "{'title':'a'}",
              "{}"),
          entry(
              "screen.confirm",
              "{'title':'a','text':'b','fields':[{'name':'n','value':'v'}],'content':"
                  + BLOB
                  + ",'wait':'PT1M'}",
              "{'fields':[{'name':'n','value':'v'}]}",
              "{'title':'a','fields':[]}",
              "{'title':'a'}"),
          entry(
              "screen.sign",
              "{'title':'a','text':'b','content':" + BLOB + ",'wait':'PT1M'}",
              "{'title':'a'}"),
          entry("screen.clear", "{}"),
          entry("device.status", "{}"),
          entry("agent.describe", "{'device':'reader'}"),
          entry("agent.cancel", "{'id':'a1'}"),
          entry("agent.resend", "{'blob':'b','pieces':[0,3]}"),
          entry("agent.release", "{'blob':'b'}"),
          entry(
              "agent.received",
              "{'document':" + BLOB + "}",
              "{'document':{'contentType':'text/plain','base64':'AQI='}}"));

  /** Messages with every member. */
  private static final Map<Class<?>, String> MESSAGES =
      Map.of(
          Command.class,
              "{'id':'a','operation':'x.y','parameters':{'a':[1]},'timeout':'PT30S','updates':true,"
                  + "'case':'c'}",
          Reply.class,
              "{'id':'a','state':'failed','position':3,'note':'n','result':{'a':1},'error':"
                  + "{'code':'BUSY','kind':'AGENT','retryable':true,'recovery':'r','detail':'d'},"
                  + "'times':{'queued':'PT0.002S','device':'PT1.4S'},'case':'c'}",
          PointStatus.class, "{'state':'online','session':'s'}",
          PointAbout.class,
              "{'name':'n','address':'a','area':'310106','location':[121.458,31.232],'hours':'h',"
                  + "'record':'OPEN','since':'2026-01-02T03:04:05.123456Z','version':'1',"
                  + "'session':'s','devices':['reader']}",
          DeviceStatus.class,
              "{'state':'READY','since':'2026-01-02T03:04:05Z','kind':'k','driver':'d','model':'m',"
                  + "'serial':'s','cause':{'code':'BUSY','layer':'LINK','text':'t'},'supplies':"
                  + "[{'name':'paper','level':'LOW'}],'operations':{'ticket.print':{'schema':"
                  + "'sha256:0','limits':{'queue':16}}},'session':'s'}",
          DeviceEvent.class,
              "{'id':'e','event':'card.placed','time':'2026-01-02T03:04:05Z','session':'s',"
                  + "'sequence':17,'case':'c','data':{}}",
          Content.class, BLOB,
          Problem.class,
              "{'code':'BUSY','kind':'AGENT','retryable':true,'recovery':'r','detail':'d'}");

  private Samples() {}

  private static Map.Entry<String, List<String>> entry(String name, String... parameters) {
    return Map.entry(name, List.of(parameters));
  }

  /** The message; quotes are single. */
  public static String of(Class<?> form) {
    return Objects.requireNonNull(MESSAGES.get(form), form.getSimpleName());
  }

  /** The parameters of an operation; quotes are single. */
  public static List<String> of(OperationType<?, ?> type) {
    return Objects.requireNonNull(WHOLE.get(type.name()), type.name());
  }
}
